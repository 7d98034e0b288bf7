height = 340
load style
file = dir.'/root.csv'
set xlabel 'rows of a head'
set ylabel 'largest of 16 shares'
set logscale x 2
set xrange [1:256]
set yrange [0:1]
set key top left Left reverse
plot file using "rows":"without" with linespoints linestyle 2 title 'without the root', \
     file using "rows":"with" with linespoints linestyle 1 title 'divided by the root'
