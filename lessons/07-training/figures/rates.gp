height = 380
load style
set xlabel 'epochs'
set ylabel 'loss on training images (cross-entropy)'
set logscale y
set format y '%g'
set key top right
plot dir.'/rates-small.csv' using "epoch":"loss" with lines linestyle 2 title 'too small: 0.002', \
     dir.'/rates-right.csv' using "epoch":"loss" with lines linestyle 1 title 'right: 0.2', \
     dir.'/rates-large.csv' using "epoch":"loss" with lines linestyle 5 title 'too large: 2'
