height = 600
load style
set multiplot layout 3, 3 margins 0.06, 0.985, 0.085, 0.91 spacing 0.05, 0.065
set xrange [-3:3]
set xtics -2, 2; set ytics 1
set key at screen 0.5, 0.995 center top maxrows 1 width 3
do for [f in 'step sign identity sigmoid tanh relu leaky_relu elu hard_tanh'] {
  set title f noenhanced offset 0, -0.7
  set yrange [(f eq 'step' || f eq 'sigmoid' ? -0.3 : -1.3):(f eq 'identity' || f eq 'relu' || f eq 'leaky_relu' || f eq 'elu' ? 2.3 : 1.3)]
  set xlabel (f eq 'leaky_relu' || f eq 'elu' || f eq 'hard_tanh' ? 'z' : '') offset 0, 0.7
  set format x (f eq 'leaky_relu' || f eq 'elu' || f eq 'hard_tanh' ? '%g' : '')
  set xzeroaxis linestyle 10
  if (f eq 'step') { set key on } else { set key off }
  if (f eq 'step' || f eq 'sign' || f eq 'identity') {
    plot dir.'/activations-values.csv' using 'z':f with lines linestyle 1 title 'activation', \
         NaN with lines linestyle 2 title 'its derivative'
  } else {
    plot dir.'/activations-values.csv' using 'z':f with lines linestyle 1 notitle, \
         dir.'/activations-slopes.csv' using 'z':f with lines linestyle 2 notitle
  }
}
unset multiplot
