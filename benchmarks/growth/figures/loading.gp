height = 400
load style
set logscale xy
set format y '10^{%T}'
unset mxtics; unset mytics
set xtics (1, 2, 5, 10, 20, 50, 100)
set xrange [0.6:100]
set xlabel 'pixels of the data set (MB unpacked)'
set ylabel 'loading (CPU seconds)' offset 1
set key top left reverse Left
mnist = 47.04
set arrow 1 from mnist, graph 0 to mnist, graph 1 nohead linestyle 10 linewidth 1.5
set label 1 'MNIST' at mnist, graph 0.06 right offset -1, 0 textcolor rgb ink
plot dir.'/loading-gzip.csv' using 'megabytes':'seconds' with points linestyle 2 pointsize 1 title 'gzip, measured', \
     '' using 'megabytes':'expected' with lines linestyle 2 linewidth 1.2 title 'slope 1', \
     dir.'/loading-raw.csv' using 'megabytes':'seconds' with points linestyle 1 pointsize 1 title 'raw, measured', \
     '' using 'megabytes':'expected' with lines linestyle 1 linewidth 1.2 title 'slope 1'
