height = 400
load style
set logscale xy
set format '10^{%T}'
set xrange [5:2e5]; set yrange [5:1e11]
unset mxtics; unset mytics
set ytics 100
set xlabel 'parameters (weights and biases)'
set ylabel 'count, for one gradient of one sample'
set key left top Left reverse
mnist = 79510
set arrow 1 from mnist, graph 0 to mnist, graph 1 nohead linestyle 10 linewidth 1.5
set label 1 'a digit reader: 79 510' at mnist, graph 0.06 right offset -1, 0 textcolor rgb ink
plot dir.'/cost.csv' using 'parameters':'multiplications' with points linestyle 2 pointsize 1 title 'multiplications', \
     '' using 'parameters':'evaluations' with points linestyle 1 pointsize 1 title 'times the loss is computed', \
     2*x**2 with lines linestyle 2 linewidth 1.2 title '2 · parameters^2', \
     2*x with lines linestyle 1 linewidth 1.2 title '2 · parameters'
