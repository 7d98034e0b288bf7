height = 380
load style
set multiplot layout 1, 2 margins 0.08, 0.84, 0.16, 0.84 spacing 0.1, 0
set xrange [-0.2:1.3]; set yrange [-0.2:1.3]
set size ratio -1
set xtics 0, 1; set ytics 0, 1
unset grid
set key at screen 0.5, 0.985 center top maxrows 1 width 2
set palette @sequential
set cbrange [0:1]
set cbtics 0, 0.5, 1
set cblabel 'output of the network' offset 0.8, 0
do for [i = 1:2] {
  a = i == 1 ? 'x1' : 'h1'
  b = i == 1 ? 'x2' : 'h2'
  set title (i == 1 ? 'before: the inputs' : 'after: the hidden units')
  set xlabel (i == 1 ? 'x_1' : 'h_1') offset 0, 0.5
  set ylabel (i == 1 ? 'x_2' : 'h_2') offset 1, 0
  if (i == 1) { set key on; unset colorbox } else { set key off; set colorbox user origin screen 0.865, screen 0.2 size screen 0.022, screen 0.58 }
  plot dir.'/relu_fold-grid.csv' using a:b:'output' with points pointtype 5 pointsize 0.75 linecolor palette notitle, \
       dir.'/relu_fold-corners.csv' using (column('wanted') == 0 ? column(a) : NaN):b with points linestyle 11 pointsize 1.4 title 'XOR is 0', \
       '' using (column('wanted') == 1 ? column(a) : NaN):b with points linestyle 12 pointsize 1.7 linewidth 2 title 'XOR is 1', \
       '' using a:b:(stringcolumn(i == 1 ? 6 : 7)) with labels noenhanced left offset 0.9, 0.95 font ',13' notitle
}
unset multiplot
