height = 310
load style
set multiplot
set size ratio -1
unset key; unset tics; unset border; unset grid; unset colorbox
set palette defined (-1 '#b2182b', 0 '#ffffff', 1 '#2166ac')
set cbrange [-1:1]
parts = 'a b c d'
side = 28
do for [i=1:4] {
  file = dir.'/receptive-'.word(parts, i).'.csv'
  top = 0.985 - 0.245 * (i - 1)
  set lmargin at screen 0.01; set rmargin at screen 0.99
  set tmargin at screen top; set bmargin at screen top - 0.225
  set xrange [-0.7:10 * (side + 3) - 3.3]
  set yrange [side - 0.4:-0.6]
  plot for [t=0:9] file matrix skip 1 every 1:1:(side*t):0:(side*(t+1)-1):(side-1) using ($1 + 3 * t):2:3 with image
}
unset multiplot
