height = 320
load style
set multiplot layout 1, 3 margins 0.075, 0.985, 0.2, 0.82 spacing 0.045, 0
set xrange [-0.5:1.5]; set yrange [-0.5:1.5]
set size ratio -1
set xtics 0, 1; set ytics 0, 1
unset grid
set xlabel 'x_1' offset 0, 0.5
set key at screen 0.5, 0.99 center top maxrows 1 width 2
set object 1 rectangle from graph 0, graph 0 to graph 1, graph 1 behind fillcolor rgb '#cfe3f1' fillstyle solid noborder
do for [i = 1:3] {
  set title (i == 1 ? 'hidden unit 1' : i == 2 ? 'hidden unit 2' : 'output of the network') offset 0, -0.6
  if (i == 1) { set ylabel 'x_2' offset 1.5, 0; set key on } else { unset ylabel; set key off; set format y '' }
  plot dir.'/xor_regions-regions.csv' using (column('panel') == i ? column('left') : NaN):(0):'left':'right':'bottom':'top' \
         with boxxyerror fillcolor rgb '#fbe3d0' fillstyle solid noborder notitle, \
       dir.'/xor_regions-points.csv' using (column('panel') == i && column('said') == 0 ? column('x1') : NaN):'x2' with points linestyle 11 pointsize 1.2 title 'answers 0', \
       '' using (column('panel') == i && column('said') == 1 ? column('x1') : NaN):'x2' with points linestyle 12 pointsize 1.5 title 'answers 1'
}
unset multiplot
