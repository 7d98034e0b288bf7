height = 730
load style
set multiplot
set size ratio -1
set palette defined (0 '#e7a58a', 0.5 '#fdfdfc', 1 '#9cc7e0')
set cbrange [0.2:0.8]
unset colorbox; unset grid; unset key
set xrange [-1.56:1.56]
set yrange [-1.56:1.56]
set xtics 1; set ytics 1
do for [i=1:4] {
  steps = word('0 600 1200 3000', i)
  left = 0.06 + 0.48 * ((i - 1) % 2); top = i < 3 ? 0.955 : 0.455
  set lmargin at screen left; set rmargin at screen left + 0.44
  set tmargin at screen top; set bmargin at screen top - 0.395
  set title (i == 1 ? 'before the first step' : 'after '.steps.' steps') offset 0, -0.7
  plot dir.'/ring-'.steps.'-plane.csv' using "x":"y":"true" with image, \
       dir.'/ring-true.csv' using "x":"y" with points pointtype 6 pointsize 0.35 linecolor rgb '#999999', \
       dir.'/ring-'.steps.'-made.csv' using "x":"y" with points pointtype 7 pointsize 0.4 linecolor rgb '#7a2a00'
}
unset multiplot
