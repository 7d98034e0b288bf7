height = 300
load style
wires = dir.'/paths.csv'
set xrange [0:10]; set yrange [0:4]
set margins 1, 1, 0.5, 2.5
unset border; unset tics; unset grid
set key at screen 0.5, 0.98 center top maxrows 1 width 3
array names[4] = ['h', 'u', 'v', 'y']
array at_x[4] = [3.7, 6.5, 6.5, 9.3]
array at_y[4] = [2, 3.3, 0.7, 2]
do for [i = 1:4] {
  set object i circle at at_x[i], at_y[i] radius first 0.36 front fillcolor rgb '#fdfdfc' fillstyle solid border linecolor rgb ink linewidth 1.5
  set label i names[i] at at_x[i], at_y[i] center front font ',18'
}
set label 5 'x' at 0.35, 2 center front font ',18'
set arrow 1 from 0.65, 2 to 3.25, 2 filled head size 0.16, 20 linestyle 1
set label 6 'w' at 1.9, 2.35 center textcolor rgb blue font ',16'
shown(v) = v < 0 ? sprintf('−%g', -v) : sprintf('%g', v)
dx(i) = column('x2') - column('x1')
dy(i) = column('y2') - column('y1')
across = 0.07
mid(a, b) = (column(a) + column(b)) / 2
plot wires using 'x1':(column('y1') + across):(dx(0)):(dy(0)) with vectors filled head size 0.16, 20 linestyle 1 title 'times', \
     wires using 'x2':(column('y2') - across):(-dx(0)):(-dy(0)) with vectors filled head size 0.16, 20 linestyle 5 title 'slopes of y', \
     wires using (mid('x1', 'x2')):(mid('y1', 'y2') + 0.4):('× '.shown(column('weight'))) with labels font ',16' textcolor rgb blue notitle, \
     wires using (mid('x1', 'x2')):(mid('y1', 'y2') - 0.42):(shown(column('slope'))) with labels font ',16' textcolor rgb red notitle, \
     dir.'/paths-sum.csv' using 'x':(1.35):('sum '.shown(column('slope'))) with labels font ',16' textcolor rgb red notitle
