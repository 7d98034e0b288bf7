height = 380
load style
file = dir.'/capacity.csv'
set xlabel 'patterns for each unit, p / n'
set ylabel 'overlap after recall'
set xrange [0.03:0.25]
set yrange [-0.02:1.05]
set arrow 1 from 0.138, graph 0 to 0.138, graph 1 nohead linestyle 10
set label 1 '0.138' at 0.14, 0.06 left textcolor rgb ink
set key bottom left Left reverse
plot file using "load":"n100" with linespoints linestyle 2 title '100 units', \
     file using "load":"n200" with linespoints linestyle 4 title '200', \
     file using "load":"n500" with linespoints linestyle 1 title '500'
