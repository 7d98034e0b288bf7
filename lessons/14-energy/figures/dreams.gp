height = 560
load style
set multiplot
set size ratio -1
unset key; unset tics; unset border; unset grid; unset colorbox
set palette gray negative
set cbrange [0:1]
parts = 'noise k1-1 k1-10 k1-1000 k5-1 k5-10 k5-1000'
titles = "'noise' 'k = 1: 1 turn' '10 turns' '1000 turns' 'k = 5: 1 turn' '10 turns' '1000 turns'"
side = 28
do for [i=1:7] {
  file = dir.'/dreams-'.word(parts, i).'.csv'
  top = 0.985 - 0.137 * (i - 1) - (i > 1 ? 0.012 : 0) - (i > 4 ? 0.012 : 0)
  set lmargin at screen 0.17; set rmargin at screen 0.99
  set tmargin at screen top; set bmargin at screen top - 0.125
  set xrange [-0.7:8 * (side + 4) - 4.3]
  set yrange [side - 0.4:-0.6]
  set label 1 word(titles, i) at screen 0.155, screen top - 0.0625 right
  plot for [t=0:7] file matrix skip 1 every 1:1:(side*t):0:(side*(t+1)-1):(side-1) using ($1 + 4 * t):2:3 with image
}
unset multiplot
