height = 420
load style
set logscale xy
set format '10^{%T}'
unset mxtics; unset mytics
set xrange [50:200000]
set xlabel 'parameters (weights and biases)'
set ylabel 'one gradient (CPU seconds)' offset 1
set key bottom right reverse Left
numerical = dir.'/gradient-numerical.csv'
backprop = dir.'/gradient-backprop.csv'
plot numerical using 'parameters':'seconds' with points linestyle 2 pointsize 1 title 'numerical, measured', \
     '' using 'parameters':'expected' with lines linestyle 2 linewidth 1.2 title 'slope 2', \
     backprop using 'parameters':'seconds' with points linestyle 1 pointsize 1 title 'backprop, measured', \
     '' using 'parameters':'expected' with lines linestyle 1 linewidth 1.2 title 'slope 1'
