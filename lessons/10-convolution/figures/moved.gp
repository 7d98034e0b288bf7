height = 380
load style
file = dir.'/moved.csv'
set xlabel 'moved to the right, in pixels'
set ylabel 'of the 10 000 test images right, %'
set xrange [-0.2:8.2]
set yrange [0:104]
set key bottom left Left reverse
plot file using "pixels":"dense" with linespoints linestyle 1 title 'lesson 9: 784-256-128-10', \
     file using "pixels":"filters" with linespoints linestyle 2 title 'filters', \
     file using "pixels":"distorted" with linespoints linestyle 4 title 'filters, images distorted'
