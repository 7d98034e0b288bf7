height = 340
load style
file = dir.'/waves.csv'
set xlabel 'place'
set ylabel 'entry'
set xrange [0:23]
set yrange [-1.1:1.1]
set xtics 0, 4, 20
set ytics -1, 0.5, 1
set key outside top center horizontal
plot file using "place":"row0" with linespoints linestyle 2 title 'row 0', \
     file using "place":"row6" with linespoints linestyle 5 title 'row 6', \
     file using "place":"row12" with linespoints linestyle 4 title 'row 12', \
     file using "place":"row18" with linespoints linestyle 1 title 'row 18'
