height = 680
load style
set multiplot layout 2,2
set logscale xy 2
set logscale y 10
set format y '10^{%T}'
unset mytics
set key top left reverse Left samplen 2
set ylabel 'an epoch (CPU seconds)' offset 1

set xlabel 'places of a filter (8 filters of 5 x 5)'
set xtics (64, 256, 1024, 4096, '16 384' 16384)
set xrange [50:22000]
f = dir.'/filters-places.csv'
plot f using 'places':'seconds' with points linestyle 1 pointsize 1 title 'measured', \
     '' using 'places':'expected' with lines linestyle 3 linewidth 1.2 title 'slope 1'

set xlabel 'filters (of 5 x 5, images of 28 x 28)'
set xtics (2, 4, 8, 16, 32, 64, 128)
set xrange [1.6:160]
f = dir.'/filters-count.csv'
plot f using 'filters':'seconds' with points linestyle 1 pointsize 1 title 'measured', \
     '' using 'filters':'expected' with lines linestyle 3 linewidth 1.2 title 'slope 1'

set xlabel 'numbers that a filter sees (24 x 24 places)'
set xtics (9, 25, 49, 100, 225)
set xrange [7:280]
f = dir.'/filters-size.csv'
plot f using 'numbers':'seconds' with points linestyle 1 pointsize 1 title 'measured', \
     '' using 'numbers':'expected' with lines linestyle 3 linewidth 1.2 title 'slope 1'

set xlabel 'images in a batch (8 filters of 5 x 5)'
set xtics (1, 4, 16, 64)
set xrange [0.8:160]
set key top right noreverse Right
f = dir.'/filters-batch.csv'
plot f using 'batch':'seconds' with points linestyle 1 pointsize 1 title 'measured', \
     '' using 'batch':'expected' with lines linestyle 3 linewidth 1.2 title 'slope 0'
unset multiplot
