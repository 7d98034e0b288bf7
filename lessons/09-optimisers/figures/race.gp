height = 380
load style
names = 'descent momentum nesterov rmsprop adam'
titles = 'descent momentum Nesterov RMSProp Adam'
set xlabel 'epoch'
set xrange [0.7:4.4]
set xtics 1
set ylabel 'of the 10 000 test images right, %'
set yrange [94:98.6]
set key bottom right Left reverse
plot for [i = 1:5] dir.'/race-'.word(names, i).'.csv' using (column('epoch') + 0.06 * (i - 3)):'middle':'least':'most' with yerrorlines linestyle i title word(titles, i), \
     98 with lines linestyle 10 notitle
