height = 400
load style
set multiplot layout 1,2 margins 0.09,0.98,0.19,0.88 spacing 0.11
set xlabel 'epoch'
set xrange [0:*]
set key top right
set title 'loss (cross-entropy)'
set logscale y
set yrange [*:3<*]
set format y '%g'
file = dir.'/learning.csv'
plot file using "epoch":"train_loss" with linespoints linestyle 1 title 'training images', \
     file using "epoch":"test_loss" with linespoints linestyle 2 title 'test images'
unset logscale y
set key bottom right
set title 'read correctly, %'
set yrange [*<80:100]
learned(percent) = column("epoch") > 0 ? percent : NaN  # before, it guesses
plot file using "epoch":(learned(column("train_percent"))) with linespoints linestyle 1 title 'training images', \
     file using "epoch":(learned(column("test_percent"))) with linespoints linestyle 2 title 'test images'
unset multiplot
