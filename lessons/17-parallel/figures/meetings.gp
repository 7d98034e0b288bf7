height = 360
load style
set logscale x
set xrange [0.95:105]
set yrange [0:100]
set xtics (1, 5, 20, 100)
set xlabel 'steps between two meetings'
set ylabel 'test images read, per cent'
set key bottom left Left reverse
set style fill solid 0.18 noborder
plot dir.'/meetings-alike.csv' using "every":"least":"most" with filledcurves linecolor rgb blue notitle, \
     dir.'/meetings-sorted.csv' using "every":"least":"most" with filledcurves linecolor rgb orange notitle, \
     dir.'/meetings-alike.csv' using "every":"middle" with linespoints linestyle 1 title 'each rank has all digits', \
     dir.'/meetings-sorted.csv' using "every":"middle" with linespoints linestyle 2 title 'each rank has three of the ten'
