height = 360
load style
file = dir.'/width.csv'
set xlabel 'hidden units'
set logscale x
set xrange [2.5:360]
set xtics (3, 10, 30, 100, 300)
set ylabel 'read correctly, %'
set yrange [30:104]
set key bottom right
plot file using "units":"train_percent" with linespoints linestyle 1 title 'the 500 images learned from', \
     file using "units":"test_percent" with linespoints linestyle 2 title '1000 others'
