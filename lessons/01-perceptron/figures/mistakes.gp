height = 300
load style
set xrange [0:40.5]; set yrange [-0.4:10.9]
set xlabel 'passes over the data'
set ylabel 'misclassified samples'
set ytics 0, 2
set key top right
plot dir.'/mistakes.csv' using (strcol(1) eq 'XOR' ? column('pass') : NaN):'wrong' with linespoints linestyle 2 title 'XOR, 4 samples', \
     '' using (strcol(1) eq 'points' ? column('pass') : NaN):'wrong' with linespoints linestyle 1 title '20 points, 1 where x_1 > x_2'
