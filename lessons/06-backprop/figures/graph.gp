height = 300
load style
wires = dir.'/graph.csv'
set xrange [0:10]; set yrange [0:4]
set margins 1, 1, 0.5, 2.5
unset border; unset tics; unset grid
set key at screen 0.5, 0.98 center top maxrows 1 width 3
set object 1 circle at 4, 2.5 radius first 0.36 front fillcolor rgb '#fdfdfc' fillstyle solid border linecolor rgb ink linewidth 1.5
set object 2 circle at 7.2, 1.5 radius first 0.36 front fillcolor rgb '#fdfdfc' fillstyle solid border linecolor rgb ink linewidth 1.5
set label 1 '+' at 4, 2.5 center front font ',22'
set label 2 '×' at 7.2, 1.5 center front font ',22'
# the two arrows of a wire stand beside each other, `side` of its line
shown(v) = v < 0 ? sprintf('−%g', -v) : sprintf('%g', v)
dx(i) = column('x2') - column('x1')
dy(i) = column('y2') - column('y1')
across = 0.07
mid(a, b) = (column(a) + column(b)) / 2
plot wires using 'x1':(column('y1') + across):(dx(0)):(dy(0)) with vectors filled head size 0.16, 20 linestyle 1 title 'values', \
     wires using 'x2':(column('y2') - across):(-dx(0)):(-dy(0)) with vectors filled head size 0.16, 20 linestyle 5 title 'slopes of f', \
     wires using (mid('x1', 'x2')):(mid('y1', 'y2') + 0.36):(strcol('wire').' = '.shown(column('value'))) with labels font ',16' textcolor rgb blue notitle, \
     wires using (mid('x1', 'x2')):(mid('y1', 'y2') - 0.38):(shown(column('slope'))) with labels font ',16' textcolor rgb red notitle
