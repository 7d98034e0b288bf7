height = 180
load style
set multiplot
set palette gray negative
set cbrange [0:100]
unset key; unset tics; unset border; unset grid; unset colorbox
set size ratio -1
set xrange [-1:10 * 30 - 2]
set yrange [28:-1]
parts = 'true components code'
titles = "'as they are' '8 components' 'code of 8'"
do for [i=1:words(parts)] {
  part = 0.98 / words(parts)
  top = 0.99 - part * (i - 1)
  set lmargin at screen 0.2; set rmargin at screen 0.99
  set tmargin at screen top; set bmargin at screen top - part
  set label 1 word(titles, i) at screen 0.2 - 0.01, screen top - part / 2 right
  file = dir.'/rebuilt-'.word(parts, i).'.csv'
  plot for [t=0:9] file matrix skip 1 every 1:1:(28*t):0:(28*(t+1)-1):27 using ($1 + 2 * t):2:3 with image
}
unset multiplot
