# A figure that moves, one frame for each look at the network.
height = 350
load style
frames = 12
set multiplot
set lmargin at screen 0.07; set rmargin at screen 0.455; set bmargin at screen 0.13; set tmargin at screen 0.9014
unset grid; unset border; unset key; unset colorbox
set tics scale 0
set xrange [-0.5:1.5]; set yrange [-0.5:1.5]
set xtics 0, 1 offset 0, 0.5; set ytics 0, 1 offset 0.5, 0
set palette @sequential
set cbrange [0:1]
set title 'output of the network' offset 0, -0.6
corners = dir.'/xor_forming-corners.csv'
plot for [k = 1:frames] dir.'/xor_forming-plane.csv' using 'x1':'x2':(column(2 + k)) with image, \
     corners using (column('wanted') == 0 ? column('x1') : NaN):'x2' with points linestyle 11 pointsize 1.6, \
     corners using (column('wanted') == 1 ? column('x1') : NaN):'x2' with points linestyle 12 linewidth 2.5 pointsize 2
set lmargin at screen 0.56; set rmargin at screen 0.97
set border 3; set grid; set tics scale 0.6
set xrange [0:1000]; set yrange [0:1.05]
set xtics 0, 250 offset 0, 0; set ytics 0, 0.2 offset 0, 0
set xlabel 'steps of gradient descent' offset 0, 0.4
set title 'loss'
set bmargin at screen 0.19
plot for [k = 1:frames] dir.'/xor_forming-frames.csv' every ::k::k using 1:2:(sprintf(' step %d', $1)) with labels point linestyle 1 pointsize 1.3 \
       left offset (k == frames ? -7 : 0.7), 0.9, \
     dir.'/xor_forming-loss.csv' using 'step':'loss' with lines linestyle 1
unset multiplot
each = 0.6
flips = '1a 1b'
load moving
