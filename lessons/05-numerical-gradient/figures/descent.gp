# A figure that moves, one frame for each step.
height = 500
load style
frames = 31
path(rate, k) = (rate - 1)*frames + k - 1  # the row of the CSV file
array rates[3]
rates[1] = 0.01; rates[2] = 0.9; rates[3] = 1.05
set multiplot
set tmargin at screen 0.935; set bmargin at screen 0.565
set xrange [-8:8]; set yrange [-3.2:3.2]
set xtics 4; set ytics 2
set xlabel 'x' offset 0, 0.7
unset grid
set parametric
set trange [0:2*pi]
set samples 60
set key off
do for [i = 1:3] {
  set lmargin at screen (0.075 + 0.315*(i - 1)); set rmargin at screen (0.355 + 0.315*(i - 1))
  set title sprintf('rate %g', rates[i]) offset 0, -0.7
  if (i == 1) { set ylabel 'y' offset 1.5, 0; set format y '%g' } else { set ylabel ''; set format y '' }
  plot for [h = 1:7] 0.5*h*sqrt(20)*cos(t), 0.5*h*sin(t) with lines linecolor rgb '#c4c4c4' linewidth 1 dashtype solid notitle, \
       for [k = 1:frames] dir.'/descent.csv' every ::path(i, k > 1 ? k - 1 : 1)::path(i, k) using 'x':'y' with linespoints linecolor rgb blue linewidth 1.3 dashtype solid pointtype 7 pointsize 0.45 notitle, \
       for [k = 1:frames] '' every ::path(i, k)::path(i, k) using 'x':'y' with points pointtype 7 pointsize 1.1 linecolor rgb blue notitle, \
       '' using (column('rate') == rates[i] && column('step') == 0 ? column('x') : NaN):'y' with points linestyle 12 pointsize 1.4 linewidth 2 notitle
}
unset parametric
set lmargin at screen 0.1; set rmargin at screen 0.77
set tmargin at screen 0.43; set bmargin at screen 0.128
unset title
set grid
set xrange [0:30]; set yrange [0.005:3000]
set logscale y
set xtics 5; set ytics 0.01, 100, 1000
set format y '%g'
set xlabel 'steps' offset 0, 0.5
set ylabel 'height' offset 1.5, 0
unset mytics
set key at screen 0.985, graph 0.98 right top Left reverse samplen 3
plot for [k = 1:frames] dir.'/descent.csv' every ::path(1, k)::path(1, k) using 'step':(0.005):(0):(3000) with vectors nohead linecolor rgb ink linewidth 1 notitle, \
     dir.'/descent.csv' using (column('rate') == 1.05 ? column('step') : NaN):'height' with lines linestyle 5 title 'rate 1.05', \
     '' using (column('rate') == 0.01 ? column('step') : NaN):'height' with lines linestyle 2 title 'rate 0.01', \
     '' using (column('rate') == 0.9 ? column('step') : NaN):'height' with lines linestyle 1 title 'rate 0.9'
unset multiplot
each = 0.25
flips = '39a 39b 39c 1d'
grows = '8a 8b 8c'
load moving
