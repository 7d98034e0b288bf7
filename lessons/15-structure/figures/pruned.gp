height = 470
load style
file = dir.'/pruned.csv'
set xlabel 'weights that are gone, %' offset 0, 0.4
set bmargin at screen 0.31
set ylabel 'of 1000 test images right, %'
set xrange [48:100]
set yrange [0:100]
set key outside bottom center Left reverse samplen 3 maxrows 3
plot file using "share":"everywhere_after" with linespoints linestyle 1 title 'smallest of all, learned on', \
     file using "share":"everywhere" with lines linestyle 1 dashtype (2,4) title 'smallest of all', \
     file using "share":"each_layer_after" with linespoints linestyle 4 title 'of each layer, learned on', \
     file using "share":"each_layer" with lines linestyle 4 dashtype (2,4) title 'of each layer', \
     file using "share":"chance_after" with linespoints linestyle 2 title 'by chance, learned on', \
     file using "share":"chance" with lines linestyle 2 dashtype (2,4) title 'by chance'
