height = 400
load style
file = dir.'/conjugate.csv'
set xlabel 'slopes paid for'
set xrange [0:600]
set ylabel 'least loss so far'
set logscale y
set yrange [0.005:1]
set format y '%g'
set key bottom left Left reverse
plot file using "slopes":"descent" with lines linestyle 3 title 'descent, rate 3', \
     file using "slopes":"adam" with lines linestyle 2 title 'Adam, rate 0.1', \
     file using "slopes":"momentum" with lines linestyle 4 title 'momentum, rate 1', \
     file using "slopes":"conjugate" with lines linestyle 1 title 'conjugate gradients'
