height = 440
load style
set multiplot
file = dir.'/induction-maps.csv'
set palette @sequential
set cbrange [0:1]
unset colorbox; unset key; unset grid
set yrange [23.5:-0.5]
set xrange [-0.5:23.5]
set xtics ('0' 0, '8' 8, '16' 16, '23' 23); set ytics ('0' 0, '8' 8, '16' 16, '23' 23)
set tmargin at screen 0.87; set bmargin at screen 0.2
set xlabel 'token that asks'
set ylabel 'token that is asked'
set lmargin at screen 0.09; set rmargin at screen 0.5
set title 'a head of block 1'
plot file using "asks":"asked":"first" with image
set ylabel ''
set lmargin at screen 0.57; set rmargin at screen 0.98
set title 'a head of block 2'
plot file using "asks":"asked":"second" with image
unset multiplot
