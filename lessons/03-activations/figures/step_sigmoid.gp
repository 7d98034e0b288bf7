height = 320
load style
set xrange [-6:6]; set yrange [-0.08:1.08]
set xlabel 'weighted sum z'
set ylabel 'output a'
set key left top
plot dir.'/step_sigmoid.csv' using 'z':'step' with lines linestyle 3 title 'step(z)', \
     '' using 'z':'sigmoid' with lines linestyle 1 title 'sigmoid(z)', \
     '' using 'z':'steep' with lines linestyle 2 title 'sigmoid(5 z)'
