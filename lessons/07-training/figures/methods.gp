height = 400
load style
set multiplot layout 1,2 margins 0.115,0.98,0.19,0.95 spacing 0.08
set ylabel 'loss on training images' offset 0.5
set yrange [0:3<*]
set logscale x
curves = 'gradient_descent single_images mini_batches'
names = '"all images per step" "one image per step" "50 images per step"'
file(i) = dir.'/methods-'.word(curves, i).'.csv'
set xlabel 'epochs'
set key top right
plot for [i=1:3] file(i) using "epoch":"loss" with lines linestyle i title word(names, i)
unset key
unset ylabel
set xlabel 'CPU seconds'
plot for [i=1:3] file(i) using "seconds":"loss" with lines linestyle i notitle
unset multiplot
