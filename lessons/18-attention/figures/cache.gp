height = 340
load style
file = dir.'/cache.csv'
set xlabel 'letters written'
set ylabel 'seconds'
set logscale xy
set xrange [14:600]
set xtics (16, 32, 64, 128, 256, 512)
set format y '10^{%T}'
set key top left Left reverse
plot file using "length":"without" with linespoints linestyle 2 title 'all read anew for each letter', \
     file using "length":"with" with linespoints linestyle 1 title 'keys and values kept'
