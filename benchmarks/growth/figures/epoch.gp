height = 680
load style
set multiplot layout 2,2
set logscale xy 2
set logscale y 10
set format y '10^{%T}'
unset mytics
set key top left reverse Left samplen 2
set ylabel 'an epoch (CPU seconds)' offset 1

set xlabel 'units of the hidden layer (784-units-10)'
set xtics (25, 50, 100, 200, 400, 800, 1600)
set xrange [20:2000]
f = dir.'/epoch-width.csv'
plot f using 'units':'seconds' with points linestyle 1 pointsize 1 title 'measured', \
     '' using 'units':'expected' with lines linestyle 3 linewidth 1.2 title 'slope 1'

set xlabel 'hidden layers of 100 units'
set xtics (1, 2, 4, 8, 16, 32)
set xrange [0.8:40]
f = dir.'/epoch-depth.csv'
plot f using 'layers':'seconds' with points linestyle 1 pointsize 1 title 'measured', \
     '' using 'layers':'expected' with lines linestyle 3 linewidth 1.2 title 'slope 1'

set xlabel 'samples in a batch (784-100-10)'
set xtics (1, 4, 16, 64, 256, 1024)
set xrange [0.8:1300]
set key top right noreverse Right
f = dir.'/epoch-batch.csv'
plot f using 'batch':'seconds' with points linestyle 1 pointsize 1 title 'measured', \
     '' using 'batch':'expected' with lines linestyle 3 linewidth 1.2 title 'slope 0'

set xlabel 'samples (784-30-10)'
set xtics ('1000' 1000, '4000' 4000, '16 000' 16000, '64 000' 64000)
set xrange [800:80000]
set key top left reverse Left
f = dir.'/epoch-samples.csv'
plot f using 'samples':'seconds' with points linestyle 1 pointsize 1 title 'measured', \
     '' using 'samples':'expected' with lines linestyle 3 linewidth 1.2 title 'slope 1'
unset multiplot
