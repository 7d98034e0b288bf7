height = 690
load style
set multiplot
looks = dir.'/xor_learning-looks.csv'
steps = ''
stats looks using (steps = steps.sprintf(' %d', $1), $1) skip 1 nooutput
set lmargin at screen 0.1; set rmargin at screen 0.97; set tmargin at screen 0.97; set bmargin at screen 0.68
set xlabel 'steps of gradient descent' offset 0, 0.4
set ylabel 'loss' offset 1
set xrange [0:1000]; set yrange [0:1.05]
set key top right maxrows 1 width -1
file = dir.'/xor_learning-losses.csv'
plot log(2) with lines linestyle 10 notitle, log(2)/2 with lines linestyle 10 notitle, \
     file using 'step':'learns' with lines linestyle 1 title 'learns', \
     file using 'step':'waits' with lines linestyle 2 title 'waits, then learns', \
     file using 'step':'stuck' with lines linestyle 5 title 'is stuck', \
     looks using 'step':'loss' with points linestyle 1 pointsize 1 notitle, \
     looks using (column('step') + (column(0) == 5 ? -20 : 12)):(column('loss') + 0.08):(sprintf('%c', 65 + int(column(0)))) with labels left notitle
set key off
unset grid
unset ylabel
unset xlabel
set tics scale 0
unset border
set xrange [-0.5-1/24.0:1.5+1/24.0]; set yrange [-0.5-1/24.0:1.5+1/24.0]
set xtics 0, 1 offset 0, 0.5; set ytics 0, 1 offset 0.5, 0
set palette @sequential
set cbrange [0:1]
set cbtics 0, 0.5, 1
set cblabel 'output of the network' offset -0.3, 0
do for [k = 1:6] {
  across = (k - 1) % 3
  down = (k - 1) / 3
  left = 0.1 + 0.265 * across
  low = 0.32 - 0.285 * down
  set lmargin at screen left; set rmargin at screen left + 0.235
  set bmargin at screen low; set tmargin at screen low + 0.2384
  set title sprintf('%c: step %s', 64 + k, word(steps, k)) offset 0, -0.7 font ',13'
  if (k == 3) { set colorbox user origin screen 0.885, screen 0.04 size screen 0.022, screen 0.515 } else { unset colorbox }
  if (across == 0) { set format y '%g' } else { set format y '' }
  if (down == 1) { set format x '%g' } else { set format x '' }
  plot dir.'/xor_learning-plane.csv' using 'x1':'x2':(column(2 + k)) with image notitle, \
       dir.'/xor_learning-corners.csv' using (column('wanted') == 0 ? column('x1') : NaN):'x2' with points linestyle 11 pointsize 1.2, \
       '' using (column('wanted') == 1 ? column('x1') : NaN):'x2' with points linestyle 12 linewidth 2.5 pointsize 1.5
}
unset multiplot
