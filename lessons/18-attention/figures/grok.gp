height = 360
load style
file = dir.'/grok.csv'
set xlabel 'batches of 16 sequences'
set ylabel 'share of right answers'
set xrange [0:3000]
set yrange [0:1.02]
set key at graph 0.99, 0.66 right top
only(n, column_name) = column("blocks") == n ? column(column_name) : NaN
plot file using "batches":(only(2, "one")) with linespoints linestyle 1 title 'two blocks, five starts', \
     for [name in "two three four five"] file using "batches":(only(2, name)) with linespoints linestyle 1 notitle, \
     file using "batches":(only(1, "one")) with linespoints linestyle 2 title 'one block, five starts', \
     for [name in "two three four five"] file using "batches":(only(1, name)) with linespoints linestyle 2 notitle
