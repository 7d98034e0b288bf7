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
  gate = word('AND OR NAND', i)
  set title gate offset 0, -0.6
  if (i == 1) { set ylabel 'x_2' offset 1.5, 0; set key on } else { unset ylabel; set key off; set format y '' }
  plot dir.'/gates-regions.csv' using (strcol(1) eq gate ? column('left') : NaN):(0):'left':'right':'bottom':'top' \
         with boxxyerror fillcolor rgb '#fbe3d0' fillstyle solid noborder notitle, \
       dir.'/gates-lines.csv' using (strcol(1) eq gate ? column('x1') - 9*column('along1') : NaN):(column('x2') - 9*column('along2')):(18*column('along1')):(18*column('along2')) \
         with vectors nohead linecolor rgb ink linewidth 2 notitle, \
       dir.'/gates-points.csv' using (strcol(1) eq gate && column('wanted') == 0 ? column('x1') : NaN):'x2' with points linestyle 11 pointsize 1.2 title 'should be 0', \
       '' using (strcol(1) eq gate && column('wanted') == 1 ? column('x1') : NaN):'x2' with points linestyle 12 pointsize 1.5 title 'should be 1', \
       '' using (strcol(1) eq gate && column('wanted') != column('said') ? column('x1') : NaN):'x2' with points pointtype 2 pointsize 2.4 linewidth 2.5 linecolor rgb '#000000' notitle
}
unset multiplot
