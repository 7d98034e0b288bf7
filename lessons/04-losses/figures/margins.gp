height = 400
load style
set multiplot layout 1, 2 margins 0.085, 0.985, 0.16, 0.91 spacing 0.1, 0
set xrange [-2:3]
set xtics 1
set xlabel 'margin y z' offset 0, 0.3
set key off
set title 'loss' offset 0, -0.6
set yrange [-0.1:3.1]
plot dir.'/margins-losses.csv' using 'margin':'hinge' with lines linestyle 4 notitle, \
     '' using 'margin':'perceptron' with lines linestyle 2 notitle, \
     '' using 'margin':'logistic' with lines linestyle 1 notitle, \
     '' using 'margin':'squared' with lines linestyle 7 notitle, \
     '' using 'margin':'wrong' with histeps linestyle 3 notitle
set title 'its slope' offset 0, -0.6
set yrange [-2.2:2.2]
set key at graph 0.02, 0.99 left top Left reverse samplen 3.5
set xzeroaxis linestyle 10
plot dir.'/margins-slopes.csv' using 'margin':'hinge' with histeps linestyle 4 title 'hinge', \
     '' using 'margin':'perceptron' with histeps linestyle 2 title 'perceptron criterion', \
     '' using 'margin':'logistic' with lines linestyle 1 title 'logistic', \
     '' using 'margin':'squared' with lines linestyle 7 title 'squared error', \
     NaN with lines linestyle 3 title 'wrong: 1, right: 0'
unset multiplot
