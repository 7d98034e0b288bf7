height = 400
load style
set multiplot
unset border; unset tics; unset grid; unset key
set lmargin at screen 0.01; set rmargin at screen 0.99; set tmargin at screen 0.99; set bmargin at screen 0.01
set xrange [-3.4:6.1]
set yrange [-2.6:2.6]
steps = dir.'/unrolled-steps.csv'
weights = dir.'/unrolled-weights.csv'
shown(v) = v < 0 ? sprintf('−%.3g', -v) : sprintf('%.3g', v)
# a: the circle
set object 1 circle at -2.5, 0 size 0.36 fillcolor rgb '#fdfdfc' fillstyle solid border linecolor rgb ink
set label 1 'h' at -2.5, 0 center font ',18'
set label 2 'x' at -2.5, -1.75 center font ',18'
set label 3 'y' at -2.5, 1.75 center font ',18'
set label 10 'a' at -3.3, 2.35 font ',18'
set label 11 'b' at -0.45, 2.35 font ',18'
set arrow 1 from -2.5, -1.45 to -2.5, -0.45 filled head linestyle 10 linewidth 1.5
set arrow 2 from -2.5, 0.45 to -2.5, 1.45 filled head linestyle 10 linewidth 1.5
set arrow 3 from -2.13, 0 to -1.6, 0 nohead linestyle 10 linewidth 1.5
set arrow 4 from -1.6, 0 to -1.6, -0.85 nohead linestyle 10 linewidth 1.5
set arrow 5 from -1.6, -0.85 to -2.25, -0.85 nohead linestyle 10 linewidth 1.5
set arrow 7 from -2.25, -0.85 to -2.25, -0.33 filled head linestyle 10 linewidth 1.5
set label 4 'U' at -1.5, -0.42 textcolor rgb ink font ',15'
set label 5 'W' at -2.95, -1.0 textcolor rgb ink font ',15'
set label 6 'V' at -2.95, 1.0 textcolor rgb ink font ',15'
set label 7 'loss' at 5, 1.75 center font ',15'
set arrow 6 from 5, 0.45 to 5, 1.45 filled head linestyle 10 linewidth 1.5
plot steps using ($1 > 0 ? $1 - 0.64 : NaN):(0):(0.28):(0) with vectors filled head size 0.12, 20 linestyle 10 linewidth 1.5, \
     steps using ($1 > 0 ? $1 : NaN):(-1.45):(0):(1) with vectors filled head size 0.12, 20 linestyle 10 linewidth 1.5, \
     steps using 't':(0):(0.36) with circles fillcolor rgb '#fdfdfc' fillstyle solid border linecolor rgb ink, \
     steps using 't':(0):(sprintf('h_%d', column('t'))) with labels font ',18', \
     steps using ($1 > 0 ? $1 : NaN):(-1.75):(shown(column('x'))) with labels font ',15', \
     steps using (column('t') + 0.07):(0.62):(shown(column('state'))) with labels left font ',14' textcolor rgb blue, \
     steps using (column('t') + 0.07):(-0.62):(shown(column('slope'))) with labels left font ',14' textcolor rgb red, \
     weights using (2.8):(-2.35):(sprintf('slope along W %s, along U %s', shown(column('W')), shown(column('U')))) with labels font ',15' textcolor rgb red, \
     weights using (2.2):(2.3):('blue: values, red: slopes of the loss') with labels font ',15' textcolor rgb ink, \
     weights using (5.0):(2.1):(shown(column('loss'))) with labels font ',15' textcolor rgb blue
unset multiplot
