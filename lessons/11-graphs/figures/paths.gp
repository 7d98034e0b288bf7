height = 340
load style
file = dir.'/paths.csv'
set xlabel 'doublings, x ← x + x'
set ylabel 'visits'
set logscale y
set xrange [0:41]
set yrange [0.7:1e13]
set format y '10^{%T}'
set key top left Left reverse
plot file using "doublings":"paths" with linespoints linestyle 5 title 'every path for itself', \
     file using "doublings":"nodes" with linespoints linestyle 1 title 'one sweep, each node once'
