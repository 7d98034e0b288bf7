height = 380
load style
set multiplot layout 1,2 margins 0.125,0.98,0.2,0.84 spacing 0.05
set xrange [0:51]
set xtics (1, 10, 20, 30, 40, 50)
set yrange [-34:3]
set ytics 10
set format y '10^{%g}'
set xlabel 'block, from the input on'
set ylabel 'slope of W, last block: 1' offset 0.5, 0
set key at screen 0.55, 0.985 center top maxrows 1 width 3
do for [i = 1:2] {
  name = word('tanh sigmoid', i)
  set title name offset 0, -0.6
  file = dir.'/residual-'.name.'.csv'
  if (i == 2) { unset ylabel; set format y ''; unset key }
  plot file using "block":"chain" with lines linestyle 5 title 'in a chain', \
       file using "block":"residual" with lines linestyle 1 title 'with a way around each'
}
unset multiplot
