height = 360
load style
set xrange [0:360]; set yrange [-1.75:1.75]
set xtics 0, 90; set xlabel 'direction of the weights (degrees)'
set ytics -1, 1; set ylabel 'distance of the line from (0, 0)'
unset grid
set rmargin at screen 0.83
set palette @sequential
set cbrange [0:4]
set palette maxcolors 5
set cbtics ('0' 0.4, '1' 1.2, '2' 2.0, '3' 2.8, '4' 3.6) scale 0
set colorbox user origin screen 0.87, screen 0.2 size screen 0.025, screen 0.74
set cblabel 'rows misclassified' offset 1.5, 0
plot dir.'/xor_lines.csv' using 'angle':(0):(column('angle') - 0.05):(column('angle') + 4.05):'from':'to':(0.4 + 0.8*column('wrong')) \
       with boxxyerror fillcolor palette fillstyle solid noborder notitle
