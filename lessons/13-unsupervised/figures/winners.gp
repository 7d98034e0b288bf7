height = 460
load style
set size ratio -1
set xlabel 'x_1'
set ylabel 'x_2'
set xrange [-1.6:1.9]
set yrange [-1.5:1.7]
set key outside right Left reverse
file = dir.'/winners-walks.csv'
plot dir.'/winners-points.csv' using "x":"y" with points pointtype 7 pointsize 0.4 linecolor rgb '#999999' title 'samples', \
     for [k=0:4] file using (column('x'.k)):(column('y'.k)) with lines linestyle (word('1 2 4 5 7', k + 1) + 0) title 'centre '.(k + 1), \
     for [k=0:4] file every 60 using (column('x'.k)):(column('y'.k)) with points linestyle (word('1 2 4 5 7', k + 1) + 0) pointsize 1.3 notitle
