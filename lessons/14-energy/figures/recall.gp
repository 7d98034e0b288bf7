height = 380
load style
set multiplot
set palette gray negative
set cbrange [-1:1]
side = 28
unset key; unset tics; unset border; unset grid; unset colorbox
set lmargin at screen 0.13; set rmargin at screen 0.97; set tmargin at screen 0.99; set bmargin at screen 0.769
set xrange [-0.5:6.5]
set yrange [0.5:-0.5]
file = dir.'/recall-pictures.csv'
plot for [t=0:6] file matrix skip 1 every 1:1:(side*t):0:(side*(t+1)-1):(side-1) using (t + ($1 - side * t - 13.5) / 32.):(($2 - 13.5) / 32.):3 with image
set border 3; set tics nomirror; set grid
set tmargin at screen 0.73; set bmargin at screen 0.2
set xlabel 'sweeps over all pixels'
set ylabel 'energy'
set yrange [*:*]
set xtics 1 nomirror out scale 0.6; set ytics nomirror out scale 0.6
set key top right Left reverse
file = dir.'/recall-energy.csv'
plot file using "sweep":"energy" with linespoints linestyle 1 title 'of the picture above', \
     file using "sweep":"stored" with lines linestyle 2 title 'of the digit as it was stored'
unset multiplot
