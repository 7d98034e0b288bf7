height = 460
load style
file = dir.'/xor_product.csv'
set table $level  # its numbers stand between blanks, whatever the separator
set contour base
set cntrparam levels discrete 0.25, 0.75
unset surface
splot file using "x1":"x2":"y" notitle
unset table
unset contour
$corners << EOD
0,0,0
0,1,1
1,0,1
1,1,0
EOD
set size ratio -1
unset grid
set lmargin at screen 0.18; set rmargin at screen 0.86; set tmargin at screen 0.92; set bmargin at screen 0.15
set xrange [-0.52:1.52]; set yrange [-0.52:1.52]
set xtics 0, 1; set ytics 0, 1
set xlabel 'x_1'; set ylabel 'x_2'
set palette @sequential
set cbrange [-0.5:1.5]
set cblabel 'what the unit says, y'
set key at screen 0.5, 0.99 center top maxrows 1 width 3
plot file using "x1":"x2":"y" with image notitle, \
     $level using (real(word(strcol(1), 1))):(real(word(strcol(1), 2))) with lines linestyle 3 notitle, \
     $corners using ($3 == 0 ? $1 : NaN):2 with points pointtype 7 pointsize 1.3 linecolor rgb orange title 'XOR is 0', \
     $corners using ($3 == 1 ? $1 : NaN):2 with points pointtype 9 pointsize 1.5 linecolor rgb orange title '1'
