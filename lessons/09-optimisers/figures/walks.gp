height = 520
load style
names = 'descent momentum nesterov rmsprop adam'
titles = "'descent, 0.1' 'momentum, 0.1' 'Nesterov, 0.1' 'RMSProp, 0.3' 'Adam, 0.3'"
set multiplot
set xrange [-8:8]; set yrange [-3.2:3.2]
set xtics 4 offset 0, 0.4; set ytics 2
unset grid
set parametric
set trange [0:2*pi]
set samples 60
set key off
do for [i = 1:5] {
  column_ = (i - 1) % 3; row_ = (i - 1) / 3
  set lmargin at screen (0.06 + 0.32*column_); set rmargin at screen (0.35 + 0.32*column_)
  set tmargin at screen (0.93 - 0.49*row_); set bmargin at screen (0.57 - 0.49*row_)
  set title word(titles, i) offset 0, -0.7
  set format y (column_ == 0 ? '%g' : '')
  plot for [h = 1:7] 0.5*h*sqrt(20)*cos(t), 0.5*h*sin(t) with lines linecolor rgb '#c4c4c4' linewidth 1 dashtype solid notitle, \
       dir.'/walks-'.word(names, i).'.csv' using 'x':'y' with linespoints linestyle i linewidth 1.3 dashtype solid pointtype 7 pointsize 0.4 notitle
}
unset parametric
set grid
set lmargin at screen 0.75; set rmargin at screen 0.985
set title 'height' offset 0, -0.7
set xrange [0:40]; set xtics 20
set logscale y
set yrange [1e-4:10]; set ytics 0.0001, 100, 1; set format y '10^{%T}'
unset mytics
plot for [i = 1:5] dir.'/walks-'.word(names, i).'.csv' using 'step':'height' with lines linestyle i notitle
unset multiplot
