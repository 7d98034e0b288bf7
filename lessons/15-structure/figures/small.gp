height = 360
load style
file = dir.'/small.csv'
set xlabel 'units'
set ylabel 'of 1000 test images right, %'
set logscale x
set xtics (5, 8, 10, 15, 20, 30, 50, 70, 100)
set xrange [4.7:106]
set yrange [30:100]
set key bottom right Left reverse
plot file using "units":"kept_after" with linespoints linestyle 1 title 'kept of 100, learned on', \
     file using "units":"from_start" with linespoints linestyle 4 title 'as many from the start', \
     file using "units":"kept" with linespoints linestyle 2 title 'kept of 100'
