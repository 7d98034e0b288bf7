height = 310
load style
set multiplot
set size ratio -1
unset key; unset tics; unset border; unset grid; unset colorbox
names = 'before after said pooled'
titles = "'before' 'after' 'what they say' 'pooled'"
sides = '5 5 24 12'
set palette defined (-1 '#b2182b', 0 '#ffffff', 1 '#2166ac')
do for [i=1:4] {
  side = word(sides, i) + 0
  gap = side / 6.
  file = dir.'/filters-'.word(names, i).'.csv'
  top = 0.985 - 0.245 * (i - 1)
  set lmargin at screen 0.17; set rmargin at screen 0.99
  set tmargin at screen top; set bmargin at screen top - 0.215
  most = i < 3 ? 0.8 : 2
  set cbrange [-most:most]
  set xrange [-0.7:8 * (side + gap) - gap - 0.3]
  set yrange [side - 0.4:-0.6]
  set label 1 word(titles, i) at screen 0.155, screen top - 0.107 right
  if (i < 3) { plot for [t=0:7] file matrix skip 1 every 1:1:(side*t):0:(side*(t+1)-1):(side-1) using ($1 + gap * t):2:3 with image pixels }
  else { plot for [t=0:7] file matrix skip 1 every 1:1:(side*t):0:(side*(t+1)-1):(side-1) using ($1 + gap * t):2:3 with image }
}
unset multiplot
