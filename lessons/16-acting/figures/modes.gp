height = 360
load style
set multiplot
set size ratio -1
set palette defined (0 '#e7a58a', 0.5 '#fdfdfc', 1 '#9cc7e0')
set cbrange [0.2:0.8]
unset colorbox; unset grid; unset key
set xrange [-1.56:1.56]
set yrange [-1.56:1.56]
set xtics 1; set ytics 1
do for [i=1:2] {
  steps = word('1 3', i)
  left = 0.06 + 0.48 * ((i - 1) % 2); top = 0.92
  set lmargin at screen left; set rmargin at screen left + 0.44
  set tmargin at screen top; set bmargin at screen top - 0.81
  set title 'seed '.steps offset 0, -0.7
  plot dir.'/modes-'.steps.'-plane.csv' using "x":"y":"true" with image, \
       dir.'/modes-true.csv' using "x":"y" with points pointtype 6 pointsize 0.35 linecolor rgb '#999999', \
       dir.'/modes-'.steps.'-made.csv' using "x":"y" with points pointtype 7 pointsize 0.4 linecolor rgb '#7a2a00'
}
unset multiplot
