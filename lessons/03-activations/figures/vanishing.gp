height = 360
load style
set logscale y 10
set format y '10^{%T}'
set xrange [0:20.5]; set yrange [1e-15:30]
set xlabel 'depth (layers passed)'
set ylabel 'product of the derivatives'
set key left bottom Left reverse
plot dir.'/vanishing.csv' using 'depth':'relu' with linespoints linestyle 4 title 'ReLU', \
     '' using 'depth':'tanh' with linespoints linestyle 2 title 'tanh', \
     '' using 'depth':'sigmoid' with linespoints linestyle 1 title 'sigmoid', \
     0.25**x with lines linestyle 3 title 'sigmoid at most: (1/4)^{depth}'
