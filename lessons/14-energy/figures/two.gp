height = 330
load style
set multiplot
set size ratio -1
unset key; unset tics; unset border; unset grid; unset colorbox
set palette gray negative
set cbrange [-1:1]
parts = 'stored two three'
titles = "'stored' 'back, two stored' 'back, three stored'"
side = 28
do for [i=1:3] {
  file = dir.'/two-'.word(parts, i).'.csv'
  top = 0.98 - 0.325 * (i - 1)
  set lmargin at screen 0.25; set rmargin at screen 0.9
  set tmargin at screen top; set bmargin at screen top - 0.3
  set xrange [-0.5:3 * (side + 6) - 6.5]
  set yrange [side - 0.5:-0.5]
  set label 1 word(titles, i) at screen 0.24, screen top - 0.15 right
  plot for [t=0:(i == 2 ? 1 : 2)] file matrix skip 1 every 1:1:(side*t):0:(side*(t+1)-1):(side-1) using ($1 + 6 * t):2:3 with image
}
unset multiplot
