height = 400
load style
set multiplot layout 1,3 margins 0.09,0.785,0.17,0.88 spacing 0.04
set xrange [0:21]
set xtics 5
set yrange [-32:20]
set ytics 10
set format y '10^{%g}'
set xlabel 'hidden layers' offset 0, 0.3
set ylabel 'first slope / last slope' offset 1, 0
set key at screen 0.99, 0.7 right top Left reverse samplen 2.5
names = 'sigmoid tanh relu'
titles = 'sigmoid tanh ReLU'
do for [i = 1:3] {
  set title word(titles, i)
  file = dir.'/slopes-'.word(names, i).'.csv'
  if (i == 2) { set ylabel ''; set format y ''; unset key }
  plot file using "depth":"tiny" with linespoints linestyle 3 title 'σ = 0.01', \
       file using "depth":"small" with linespoints linestyle 2 title 'σ = 0.1', \
       file using "depth":"one" with linespoints linestyle 5 title 'σ = 1', \
       file using "depth":"xavier" with linespoints linestyle 1 title 'Xavier', \
       file using "depth":"he" with linespoints linestyle 4 title 'He'
}
unset multiplot
