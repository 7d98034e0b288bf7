height = 470
load style
set multiplot
set lmargin at screen 0.13; set rmargin at screen 0.97; set tmargin at screen 0.97; set bmargin at screen 0.42
set logscale x
set xrange [50:15000]
set yrange [-1:1.05]
set xlabel 'games of practice'
set ylabel 'mean score of a game' offset 1, 0
set key top left Left reverse
set style fill solid 0.18 noborder
plot dir.'/catch-dqn.csv' using "games":"least":"most" with filledcurves linecolor rgb blue notitle, \
     dir.'/catch-reinforce.csv' using "games":"least":"most" with filledcurves linecolor rgb orange notitle, \
     dir.'/catch-dqn.csv' using "games":"middle" with lines linestyle 1 title 'DQN, guesses and all', \
     dir.'/catch-reinforce.csv' using "games":"middle" with lines linestyle 2 title 'REINFORCE'
unset logscale x; unset key; unset tics; unset border; unset grid; unset colorbox; unset xlabel; unset ylabel
set palette gray negative
set cbrange [0:1]
set size ratio -1
set lmargin at screen 0.13; set rmargin at screen 0.97; set tmargin at screen 0.24; set bmargin at screen 0.03
set xrange [-0.6:6 * 9 + 6.6]
set yrange [6.6:-0.6]
do for [t=0:6] {
  set object t + 1 rectangle from 9 * t - 0.6, -0.6 to 9 * t + 6.6, 6.6 fillstyle empty border rgb '#999999'
}
plot for [t=0:6] dir.'/catch-film.csv' matrix skip 1 every 1:1:(7*t):0:(7*(t+1)-1):6 using ($1 + 2 * t):2:3 with image
unset multiplot
