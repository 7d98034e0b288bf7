height = 360
load style
file = dir.'/dead.csv'
set multiplot layout 1,2 margins 0.08,0.98,0.2,0.88 spacing 0.09
set xlabel 'rate'
set xrange [0:2.1]
set xtics 0.5
set yrange [0:139]
set ytics 0, 20, 100
set title 'dead ReLU units of 100'
unset key
plot file using "rate":"dead" with linespoints linestyle 1
set title 'of 1000 other images right, %'
set key top right Left reverse
plot file using "rate":"leaky_relu" with linespoints linestyle 4 title 'leaky ReLU', \
     file using "rate":"relu" with linespoints linestyle 1 title 'ReLU', \
     file using "rate":"elu" with linespoints linestyle 2 title 'ELU'
unset multiplot
