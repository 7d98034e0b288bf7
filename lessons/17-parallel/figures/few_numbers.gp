height = 360
load style
set xrange [0:200]
set yrange [0:2.5]
set xlabel 'steps'
set ylabel 'loss of the batch'
set key top right
plot dir.'/few_numbers.csv' using "step":"all" with lines linestyle 10 title 'all numbers are sent', \
     dir.'/few_numbers.csv' using "step":"kept" with lines linestyle 1 title 'one in a hundred, the rest kept', \
     dir.'/few_numbers.csv' using "step":"lost" with lines linestyle 2 title 'one in a hundred, the rest lost'
