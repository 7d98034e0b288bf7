height = 510
load style
set size ratio -1
set xtics 0, 1; set ytics 0, 1
unset grid
set key at screen 0.5, 0.995 center top maxrows 1 width 2
array wrong[6]
do for [i = 1:6] {
  stats dir.'/learning-lines.csv' using (column('pass') == i ? column('wrong') : NaN) nooutput name 'W'
  wrong[i] = W_max
}
set xrange [0:1]; set yrange [0:1]
set multiplot layout 2, 3 margins 0.06, 0.985, 0.11, 0.87 spacing 0.04, 0.11
do for [i = 1:6] {
  set title sprintf('pass %d: %d wrong', i, wrong[i]) offset 0, -0.6
  set xlabel (i > 3 ? 'x_1' : '') offset 0, 0.8
  set ylabel (i % 3 == 1 ? 'x_2' : '') offset 2, 0
  set format x (i > 3 ? '%g' : '')
  set format y (i % 3 == 1 ? '%g' : '')
  if (i == 1) { set key on } else { set key off }
  plot dir.'/learning-lines.csv' using (column('pass') == i ? column('x1') - 9*column('along1') : NaN):(column('x2') - 9*column('along2')):(18*column('along1')):(18*column('along2')) \
         with vectors nohead linecolor rgb ink linewidth 2 notitle, \
       dir.'/learning-points.csv' using (column('pass') == i && column('wanted') == 0 ? column('x1') : NaN):'x2' with points linestyle 11 title 'should be 0', \
       '' using (column('pass') == i && column('wanted') == 1 ? column('x1') : NaN):'x2' with points linestyle 12 title 'should be 1', \
       '' using (column('pass') == i && column('wanted') != column('said') ? column('x1') : NaN):'x2' with points pointtype 6 pointsize 1.8 linewidth 1.2 linecolor rgb '#000000' title 'misclassified'
}
unset multiplot
