height = 240
load style
set multiplot
set size ratio -1
unset key; unset tics; unset border; unset grid
set palette defined (0 '#ffffff', 1 '#d6e6f2', 10 '#56a0d3', 30 '#08306b', 50 '#000000')
set cbrange [0:50]
file = dir.'/left.csv'
titles = "'50 % gone' '90 % gone' '97 % gone'"
side = 28
set lmargin at screen 0.02; set rmargin at screen 0.88; set tmargin at screen 0.9; set bmargin at screen 0.03
set xrange [-1:3 * (side + 4) - 4]
set yrange [side:-1]
set cbtics 0, 10, 50
set colorbox user origin screen 0.91, 0.1 size screen 0.02, 0.7
do for [t=0:2] { set label t + 1 word(titles, t + 1) at (side + 4) * t + side / 2, -3 center }
plot for [t=0:2] file matrix skip 1 every 1:1:(side*t):0:(side*(t+1)-1):(side-1) using ($1 + 4 * t):2:3 with image
unset multiplot
