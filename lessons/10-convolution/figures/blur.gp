height = 520
load style
file = dir.'/blur-pictures.csv'
set multiplot
stats file matrix skip 1 nooutput
side_x = STATS_size_x / 4
side_y = STATS_size_y
set palette gray negative
set cbrange [0:100]
unset key; unset tics; unset border; unset grid; unset colorbox
set lmargin at screen 0.03; set rmargin at screen 0.97; set tmargin at screen 0.99; set bmargin at screen 0.58
set xrange [-1:4 * (side_x + 4)]
set yrange [side_y + 5:-1]
set size ratio -1
names = "'σ = 0, noise of 0.3' 'σ = 0.5' 'σ = 0.8' 'σ = 1.5'"
do for [t=1:4] { set label t word(names, t) at (side_x / 2. + (t - 1) * (side_x + 4)), side_y + 2.5 center }
plot for [t=0:3] file matrix skip 1 every 1:1:(side_x*t):0:(side_x*(t+1)-1):(side_y-1) using ($1 + 4 * t):2:3 with image
unset label
set size noratio
set border 3; set tics nomirror; set grid
set lmargin at screen 0.13; set rmargin at screen 0.97; set tmargin at screen 0.53; set bmargin at screen 0.16
set xlabel 'width σ of the bell, in pixels'
set ylabel 'root mean square error'
set xrange [-0.05:1.55]; set yrange [0:0.55]
set xtics 0.2 nomirror out scale 0.6; set ytics 0.1 nomirror out scale 0.6
set key top right Left reverse
file = dir.'/blur-errors.csv'
plot file using "sigma":"much" with linespoints linestyle 1 title 'noise of 0.5', \
     file using "sigma":"middle" with linespoints linestyle 2 title '0.3', \
     file using "sigma":"little" with linespoints linestyle 4 title '0.1'
unset multiplot
