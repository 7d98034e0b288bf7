height = 380
load style
file = dir.'/pretraining.csv'
set xlabel 'epochs over 300 labelled images'
set ylabel 'of 1000 test images right, %'
set xrange [0:61]
set yrange [0:100]
unset key
set label 1 'sigmoids, from the machines' at 32, 94 textcolor rgb blue
set label 2 'ReLU, from random weights' at 32, 80 textcolor rgb green
set label 3 'sigmoids, from random weights' at 35, 28 textcolor rgb '#a06f00'
set style fill solid 0.15 noborder
plot file using "epoch":"relu_least":"relu_most" with filledcurves linecolor rgb green notitle, \
     file using "epoch":"pretrained_least":"pretrained_most" with filledcurves linecolor rgb blue notitle, \
     file using "epoch":"random_least":"random_most" with filledcurves linecolor rgb orange notitle, \
     file using "epoch":"pretrained" with lines linestyle 1 notitle, \
     file using "epoch":"random" with lines linestyle 2 notitle, \
     file using "epoch":"relu" with lines linestyle 4 notitle
