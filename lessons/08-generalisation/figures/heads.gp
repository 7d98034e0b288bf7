height = 380
load style
file = dir.'/heads.csv'
set xlabel 'number of networks'
set xrange [0.8:8.2]
set xtics 1
set ylabel 'loss on 1000 other images'
set yrange [0.4:0.6]
set key top right
plot file using "heads":"each" with linespoints linestyle 2 title 'the mean of their losses', \
     file using "heads":"together" with linespoints linestyle 1 title 'the loss of their mean answer', \
     file using "heads":"bagged" with linespoints linestyle 3 title 'the same, with a bootstrap each'
