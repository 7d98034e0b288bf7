height = 350
load style
set multiplot layout 1, 2 margins 0.085, 0.985, 0.185, 0.9 spacing 0.1, 0
set xrange [-8:4]
set xtics 2
set xlabel 'weighted sum z' offset 0, 0.3
set key at graph 1, 0.99 right top samplen 3
set title 'loss' offset 0, -0.6
set yrange [-0.3:8.3]
plot dir.'/confident-sigmoid.csv' using 'z':'entropy' with lines linestyle 1 title 'cross-entropy', \
     '' using 'z':'squared' with lines linestyle 2 title 'squared error', \
     dir.'/confident-logits.csv' using 'z':'entropy' with points pointtype 6 pointsize 1 linewidth 1.5 linecolor rgb ink title 'from logits'
set title 'its slope along z' offset 0, -0.6
set yrange [-1.1:0.1]
set ytics 0.2
set key off
set xzeroaxis linestyle 10
plot dir.'/confident-sigmoid.csv' using 'z':'entropy_slope' with lines linestyle 1 notitle, \
     '' using 'z':'squared_slope' with lines linestyle 2 notitle, \
     dir.'/confident-logits.csv' using 'z':'entropy_slope' with points pointtype 6 pointsize 1 linewidth 1.5 linecolor rgb ink notitle
unset multiplot
