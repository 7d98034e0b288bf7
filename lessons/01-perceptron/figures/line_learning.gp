# A figure that moves, one frame for each pass.
height = 350
load style
frames = 11
lines = dir.'/line_learning-lines.csv'
points = dir.'/line_learning-points.csv'
is(pass) = column('pass') == pass - 1
set multiplot
set lmargin at screen 0.07; set rmargin at screen 0.455; set bmargin at screen 0.13; set tmargin at screen 0.9014
unset grid
set xrange [0:1]; set yrange [0:1]
set xtics 0, 1 offset 0, 0.3; set ytics 0, 1
set xlabel 'x_1' offset 0, 1.6
set ylabel 'x_2' offset 3.3, 0
set key off
set title 'orange: the neuron fires' offset 0, -0.6
set object 1 rectangle from graph 0, graph 0 to graph 1, graph 1 behind fillcolor rgb '#cfe3f1' fillstyle solid noborder
plot for [k = 1:frames] dir.'/line_learning-strips.csv' using (is(k) ? column('left') : NaN):(0):'left':'right':'bottom':'top' \
       with boxxyerror fillcolor rgb '#fbe3d0' fillstyle solid noborder, \
     for [k = 1:frames] lines using (is(k) ? column('x1') - 9*column('along1') : NaN):(column('x2') - 9*column('along2')):(18*column('along1')):(18*column('along2')) \
       with vectors nohead linecolor rgb ink linewidth 2, \
     for [k = 1:frames] points using (is(k) && column('wanted') != column('said') ? column('x1') : -9):'x2' \
       with points pointtype 6 pointsize 1.8 linewidth 1.2 linecolor rgb '#000000', \
     points using (is(1) && column('wanted') == 0 ? column('x1') : NaN):'x2' with points linestyle 11, \
     points using (is(1) && column('wanted') == 1 ? column('x1') : NaN):'x2' with points linestyle 12
unset object 1
set lmargin at screen 0.56; set rmargin at screen 0.97
set bmargin at screen 0.19
set grid
set xrange [0:10]; set yrange [0:25]
set xtics 0, 2 offset 0, 0; set ytics 0, 5 offset 0, 0
set xlabel 'passes over the data' offset 0, 0.4
unset ylabel
set title 'misclassified, of 40'
plot for [k = 1:frames] lines every ::k-1::k-1 using (9.8):(23):(sprintf('pass %d: %d wrong', column('pass'), column('wrong'))) with labels right, \
     for [k = 1:frames] lines every ::k-1::k-1 using 'pass':'wrong' with points linestyle 1 pointsize 1.3, \
     lines using 'pass':'wrong' with lines linestyle 1
unset multiplot
each = 0.9
flips = '1a 12a 23a 1b 12b'
load moving
