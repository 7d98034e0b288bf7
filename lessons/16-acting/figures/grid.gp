height = 230
load style
set multiplot
set palette defined (-1 '#e7a58a', 0 '#fdfdfc', 1 '#8cc3a9')
set cbrange [-1:1]
unset key; unset tics; unset border; unset grid; unset colorbox
set size ratio -1
set xrange [-0.6:3.6]
set yrange [-2.6:0.6]
do for [i=1:3] {
  games = word('10 50 150', i)
  file = dir.'/grid-'.games.'.csv'
  set lmargin at screen 0.01 + 0.33 * (i - 1); set rmargin at screen 0.33 * i
  set tmargin at screen 0.86; set bmargin at screen 0.02
  set title 'after '.games.' games'
  set object 1 rectangle from 0.5, -1.5 to 1.5, -0.5 fillcolor rgb '#777777' fillstyle solid noborder
  plot file using "x":"y":(0.49):(0.49):"worth" with boxxyerror linecolor palette fillstyle solid 1 noborder notitle, \
       file using "x":(column("y") + 0.27):(sprintf('%.2f', column("worth"))) with labels font ',11' textcolor rgb ink notitle, \
       file using (column("x") - column("dx") / 2):(column("y") - 0.12 - column("dy") / 2):"dx":"dy" with vectors head filled size 0.12,25 linewidth 1.5 linecolor rgb ink notitle
}
unset multiplot
