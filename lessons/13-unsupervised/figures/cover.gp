height = 380
load style
set xlabel 'points for each coordinate, n / d'
set ylabel 'share of labellings'
set xrange [0:4]
set yrange [0:1.05]
set key bottom left Left reverse
plot dir.'/cover-d40.csv' using "ratio":"share" with lines linestyle 4 title 'd = 40', \
     dir.'/cover-d10.csv' using "ratio":"share" with lines linestyle 2 title 'd = 10', \
     dir.'/cover-d3.csv' using "ratio":"share" with lines linestyle 1 title 'd = 3', \
     dir.'/cover-perceptrons.csv' using "ratio":"learned" with points linestyle 11 title 'd = 3, learned by a perceptron'
