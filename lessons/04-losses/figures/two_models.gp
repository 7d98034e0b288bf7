height = 330
load style
set multiplot layout 1, 3 margins 0.06, 0.99, 0.11, 0.79 spacing 0.055, 0
set boxwidth 0.36
set xrange [-0.6:3.6]
set xtics ('pig' 0, 'dog' 1, 'cat' 2, 'all' 3) scale 0
set key at screen 0.53, 0.985 center top maxrows 1 width 3
set style fill solid border linecolor rgb ink
do for [i = 1:3] {
  what = word('error squared entropy', i)
  set title (i == 1 ? 'classification error' : i == 2 ? 'squared error' : 'cross-entropy') offset 0, -0.6
  top = i == 1 ? 1.25 : i == 2 ? 0.9 : 2.9
  step = i == 2 ? 0.2 : 0.5
  set yrange [0:top]
  set ytics step
  if (i == 1) { set key on } else { set key off }
  plot dir.'/two_models.csv' using (column('model') == 1 ? column('place') - 0.2 : NaN):what with boxes fillcolor rgb blue title 'model 1', \
       '' using (column('model') == 2 ? column('place') + 0.2 : NaN):what with boxes fillcolor rgb '#f6d28a' title 'model 2', \
       '' using (column('place') == 3 ? 3 + 0.4*(column('model') - 1.5) : NaN):what:(sprintf('%.3f', column(what))) with labels rotate left offset 0, 0.6 font ',13' textcolor rgb ink notitle
}
unset multiplot
