height = 420
load style
file = dir.'/bias_variance.csv'
set xlabel 'degree of the polynomial'
set ylabel 'squared error'
set xrange [-0.3:9.3]
set xtics 1
set logscale y
set yrange [1e-4:10]
set format y '%g'
set key outside top center maxrows 2
set tmargin 4
plot file using "degree":"bias2" with linespoints linestyle 1 title 'bias^2', \
     file using "degree":"variance" with linespoints linestyle 2 title 'variance', \
     file using "degree":"sum" with linespoints linestyle 3 title 'both: new points', \
     file using "degree":"training_error" with lines linestyle 4 title 'its own 30 points'
