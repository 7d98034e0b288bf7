height = 400
load style
set multiplot layout 1,2 margins 0.09,0.98,0.19,0.88 spacing 0.09
set xlabel 'epoch'
set xrange [0:40]
set logscale y
set yrange [0.001:3]
set format y '%g'
set key bottom left
set title 'loss on the 500 images learned from'
plot dir.'/gap-plain.csv' using "epoch":"train_loss" with lines linestyle 1 title 'plain', \
     dir.'/gap-dropout.csv' using "epoch":"train_loss" with lines linestyle 2 title 'dropout', \
     dir.'/gap-distorted.csv' using "epoch":"train_loss" with lines linestyle 3 title 'distorted'
set title 'loss on 1000 others'
set yrange [0.2:3]
set ytics (0.2, 0.3, 0.5, 1, 2)
set key top right
plot dir.'/gap-plain.csv' using "epoch":"test_loss" with lines linestyle 1 title 'plain', \
     dir.'/gap-dropout.csv' using "epoch":"test_loss" with lines linestyle 2 title 'dropout', \
     dir.'/gap-distorted.csv' using "epoch":"test_loss" with lines linestyle 3 title 'distorted'
unset multiplot
