height = 470
load style
set multiplot
losses = dir.'/text-losses.csv'
set lmargin at screen 0.1; set rmargin at screen 0.965; set tmargin at screen 0.98; set bmargin at screen 0.43
set xlabel 'pieces of 30 letters, 32 side by side'
set ylabel 'nats a letter, new text'
set logscale y
set yrange [0.2:3.2]
set ytics (0.2, 0.3, 0.5, 1, 2, 3)
set xrange [0:1000]
set key top right
stats dir.'/text-entropy.csv' using 1 every ::1 nooutput
floor = STATS_min
plot losses using "pieces":"least":"most" with filledcurves linecolor rgb blue fillstyle solid 0.15 noborder notitle, \
     losses using "pieces":"loss" with linespoints linestyle 1 title 'loss, the middle and the range of five starts', \
     floor with lines linestyle 2 title 'entropy'
unset logscale; unset border; unset tics; unset grid; unset xlabel; unset ylabel; unset key
set tmargin at screen 0.285; set bmargin at screen 0.01
set xrange [0:1]; set yrange [-3.6:0.5]
samples = dir.'/text-samples.csv'
plot samples skip 1 using (0.0):(-column(0)):(sprintf('%d', $1)) with labels right font ',13' textcolor rgb ink, \
     samples skip 1 using (0.02):(-column(0)):(strcol(2)) with labels left font 'monospace,13' noenhanced
unset multiplot
