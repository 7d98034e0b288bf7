height = 320
load style
file = dir.'/schedule.csv'
set xlabel 'step'
set ylabel 'rate'
set xrange [0:100]
set yrange [0:0.24]
set key bottom left at graph 0.16, 0.06 Left reverse
plot file using "step":"constant" with lines linestyle 3 title 'constant', \
     file using "step":"linear" with lines linestyle 2 title 'linear', \
     file using "step":"cosine" with lines linestyle 1 title 'cosine'
