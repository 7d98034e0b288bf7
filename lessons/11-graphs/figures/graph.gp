height = 620
load style
set multiplot
unset border; unset tics; unset grid
set xrange [0:9.4]
set lmargin at screen 0.01; set rmargin at screen 0.99
shown(v) = v < 0 ? sprintf('−%.3g', -v) : sprintf('%.3g', v)
dx(i) = column('x2') - column('x1')
dy(i) = column('y2') - column('y1')
length(i) = sqrt(dx(0)**2 + dy(0)**2)
# a wire runs from rim to rim; its slope stands beside it
gap = 0.36
at_x(part) = column('x1') + part * dx(0) - 0.2 * dy(0) / length(0)
at_y(part) = column('y1') + part * dy(0) + 0.2 * dx(0) / length(0)
set key at screen 0.5, 0.985 center top maxrows 1 width 4
do for [i = 1:2] {
  part = word('f block', i)
  nodes = dir.'/graph-'.part.'_nodes.csv'
  wires = dir.'/graph-'.part.'_wires.csv'
  if (i == 1) { set yrange [0:6.2]; set tmargin at screen 0.94; set bmargin at screen 0.42 }
  else { set yrange [0.2:4.5]; set tmargin at screen 0.4; set bmargin at screen 0.02; unset key }
  plot wires using (column('x1') + gap * dx(0) / length(0)):(column('y1') + gap * dy(0) / length(0)): \
                   (dx(0) * (1 - 2 * gap / length(0))):(dy(0) * (1 - 2 * gap / length(0))) \
         with vectors filled head size 0.14, 20 linestyle 10 linewidth 1.5 notitle, \
       wires using (at_x(0.6)):(at_y(0.6)):(shown(column('slope'))) with labels font ',13' textcolor rgb red notitle, \
       nodes using 'x':'y':(0.3) with circles fillcolor rgb '#fdfdfc' fillstyle solid border linecolor rgb ink notitle, \
       nodes using 'x':'y':(strcol('sign')) with labels font ',18' notitle, \
       nodes using 'x':(column('y') + 0.62):(shown(column('value'))) with labels font ',15' textcolor rgb blue notitle, \
       nodes using 'x':(column('y') - 0.62):(shown(column('slope'))) with labels font ',15' textcolor rgb red notitle, \
       NaN with lines linestyle 1 title 'value', \
       NaN with lines linestyle 5 dashtype solid title 'slope'
}
unset multiplot
