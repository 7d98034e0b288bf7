height = 340
load style
file = dir.'/weights.csv'
stats file matrix skip 1 nooutput
across = 6
side_x = STATS_size_x / across
down = 3
side_y = STATS_size_y / down
set palette @grey
set cbrange [-100:100]
unset key; unset tics; unset border; unset grid
set cbtics ('negative' -100, '0' 0, 'positive' 100)
set xrange [-22:across * (side_x + 3)]
set yrange [down * (side_y + 3):-3]
set size ratio -1
set margins 1, 11, 1, 1
do for [row=1:3] {
  set label row word('none L2 L1', row) at -12, (row - 0.5) * (side_y + 3) center
}
x(t) = t % across
y(t) = t / across
plot for [t=0:across*down-1] file matrix skip 1 every 1:1:(side_x*x(t)):(side_y*y(t)):(side_x*x(t)+side_x-1):(side_y*y(t)+side_y-1) \
  using ($1 + 3 * x(t)):($2 + 3 * y(t)):3 with image
