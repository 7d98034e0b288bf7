height = 400
load style
set logscale xy
unset mxtics; unset mytics
set xtics (1, 2, 5, 10, 20, 50, 100)
set ytics (1, 2, 5, 10, 20, 50, 100)
set xrange [0.6:100]
set yrange [0.6:100]
set xlabel 'pixels of the data set (MB unpacked)'
set ylabel 'peak memory beyond the program (MB)'
set key top left reverse Left
mnist = 47.04
set arrow 1 from mnist, graph 0 to mnist, graph 1 nohead linestyle 10 linewidth 1.5
set label 1 'MNIST' at mnist, graph 0.06 right offset -1, 0 textcolor rgb ink
plot dir.'/memory-gzip.csv' using 'megabytes':'peak_mb' with points linestyle 2 pointsize 1.3 title 'gzip, measured', \
     dir.'/memory-raw.csv' using 'megabytes':'peak_mb' with points linestyle 1 pointsize 1 title 'raw, measured', \
     '' using 'megabytes':'megabytes' with lines linestyle 3 linewidth 1.2 title 'one byte a pixel, slope 1'
