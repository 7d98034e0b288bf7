height = 360
load style
losses = dir.'/compute-losses.csv'
set xlabel 'seconds of one core'
set ylabel 'nats a letter, new text'
set xrange [0:6.5]
set yrange [0.21:0.3]
set ytics 0.22, 0.02, 0.3
set key top right
stats dir.'/compute-entropy.csv' using 1 every ::1 nooutput
floor = STATS_min
plot losses using "gated_seconds":"gated" with linespoints linestyle 2 title 'a gated cell of lesson 12', \
     losses using "one_seconds":"one" with linespoints linestyle 5 title 'one block', \
     losses using "two_seconds":"two" with linespoints linestyle 1 title 'two blocks', \
     floor with lines linestyle 4 title 'entropy'
