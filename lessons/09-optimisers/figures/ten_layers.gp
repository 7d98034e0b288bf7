height = 340
load style
file = dir.'/ten_layers.csv'
set xlabel 'epoch'
set xrange [0:3.05]
set xtics 1
set ylabel 'of 1000 other images right, %'
set yrange [0:100]
set key at graph 0.98, 0.5 right Left reverse
plot file using "epoch":"normalised" with linespoints linestyle 1 title 'batch normalised, rate 0.2 to 0', \
     file using "epoch":"plain" with linespoints linestyle 2 title 'as they are, rate 0.2'
