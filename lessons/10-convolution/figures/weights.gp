height = 380
load style
file = dir.'/weights.csv'
set xlabel 'side of the image, in pixels'
set ylabel 'weights and biases'
set logscale xy
set xrange [7:260]
set xtics (8, 16, 28, 56, 112, 224)
set yrange [50:5e10]
set format y '10^{%T}'
set key top left Left reverse
plot file using "side":"dense" with linespoints linestyle 1 title 'each place sees the whole image', \
     file using "side":"local" with linespoints linestyle 2 title 'each place sees its window', \
     file using "side":"shared" with linespoints linestyle 4 title 'all places share one window'
