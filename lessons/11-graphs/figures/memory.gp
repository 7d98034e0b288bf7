height = 340
load style
file = dir.'/memory.csv'
set xlabel 'one state in q is kept'
set ylabel 'numbers held at once, in thousands'
set logscale xy
set xrange [0.9:450]
set xtics (1, 2, 5, 10, 20, 50, 100, 200, 400)
set yrange [5:400]
set ytics (5, 10, 20, 50, 100, 200)
unset key
plot file using "q":"thousands" with linespoints linestyle 1
