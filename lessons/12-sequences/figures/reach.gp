height = 340
load style
file = dir.'/reach.csv'
set xlabel 'length of the sequence, T'
set ylabel 'starts that remember, of 5'
set xrange [0:125]
set yrange [-0.3:5.3]
set ytics 0, 1, 5
set key at graph 0.63, 0.9 right top Left reverse
plot file using "T":"gated3" with linespoints linestyle 1 title 'gated, bias of z 3', \
     file using "T":"gated0" with linespoints linestyle 5 title 'gated, bias of z 0', \
     file using "T":"plain" with linespoints linestyle 2 title 'plain'
