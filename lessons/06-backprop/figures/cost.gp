height = 400
load style
set logscale xy
set xlabel 'weights and biases'
set ylabel 'time of one gradient (ms)' offset 1
set format x '10^{%T}'
set format y '10^{%T}'
set xrange [50:200000]
set key top left reverse Left
passes = dir.'/cost-passes.csv'
plot dir.'/cost-numerical.csv' using 'parameters':'milliseconds' with linespoints linestyle 2 title 'measured, by numerical\_gradient', \
     passes using 'parameters':(2 * column('parameters') * column('forward')) with lines linestyle 10 title '2 forward passes a number', \
     passes using 'parameters':'backprop' with linespoints linestyle 1 title 'backprop', \
     passes using 'parameters':'forward' with linespoints linestyle 3 title 'one forward pass'
