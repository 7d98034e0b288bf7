height = 330
load style
wires = dir.'/layers.csv'
set xrange [0:10]; set yrange [0:4.4]
set margins 1, 1, 0.5, 0.5
unset border; unset tics; unset grid; unset key
unit = "radius first 0.62 front fillcolor rgb '#cfe3f1' fillstyle solid border linecolor rgb ink linewidth 1.5"
array units[3] = ['NAND', 'OR', 'AND']
array at_x[3] = [4, 4, 7.3]
array at_y[3] = [2.8, 1, 1.9]
do for [i = 1:3] {
  set object i circle at at_x[i], at_y[i] @unit
  set label i units[i] at at_x[i], at_y[i] center front font ',15'
}
set label 4 'hidden layer' at 4, 4.1 center
set label 5 'output layer' at 7.3, 4.1 center
set label 6 "inputs" at 1, 4.1 center
set style arrow 1 filled head size 0.16, 20 linestyle 1
set arrow from 1.9, 2.8 to 3.35, 2.8 arrowstyle 1
set arrow from 1.9, 2.7 to 3.5, 1.35 arrowstyle 1
set arrow from 1.9, 1.1 to 3.5, 2.45 arrowstyle 1
set arrow from 1.9, 1 to 3.35, 1 arrowstyle 1
set arrow from 4.65, 2.7 to 6.7, 2.1 arrowstyle 1
set arrow from 4.65, 1.1 to 6.7, 1.7 arrowstyle 1
set arrow from 7.95, 1.9 to 8.5, 1.9 arrowstyle 1
text_x(i) = i < 2 ? 1 : i < 4 ? 5.7 : 9.2
text_y(i) = i == 0 ? 2.8 : i == 1 ? 1 : i == 2 ? 3.05 : i == 3 ? 0.75 : 1.9
plot wires using (text_x($0)):(text_y($0)):(sprintf("%s\n%g %g %g %g", strcol('wire'), column('00'), column('01'), column('10'), column('11'))) with labels font ',15' notitle
