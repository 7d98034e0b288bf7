height = 400
load style
set multiplot
file = dir.'/induction-maps.csv'
set palette @sequential
set cbrange [0:1]
unset colorbox; unset key; unset grid
set xlabel 'token that asks'
set yrange [23.5:-0.5]
set xrange [-0.5:23.5]
set xtics 0, 8, 23; set ytics 0, 8, 23
set size ratio -1
set tmargin at screen 0.93; set bmargin at screen 0.14
set lmargin at screen 0.09; set rmargin at screen 0.5
set ylabel 'token that is asked'
set title 'block 1'
plot file using "asks":"asked":"first" with image
unset ylabel
set lmargin at screen 0.57; set rmargin at screen 0.98
set title 'block 2'
plot file using "asks":"asked":"second" with image
unset multiplot
