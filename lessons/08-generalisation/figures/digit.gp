height = 250
load style
file = dir.'/digit.csv'
stats file matrix skip 1 nooutput
across = 6
side_x = STATS_size_x / across
down = 2
side_y = STATS_size_y / down
set palette gray negative
set cbrange [0:100]
unset key; unset tics; unset border; unset grid; unset colorbox
set xrange [-3:across * (side_x + 3)]
set yrange [down * (side_y + 3):-3]
set size ratio -1
set margins 1, 1, 1, 1
set object 1 rectangle from -1.2, -1.2 to side_x + 0.2, side_y + 0.2 front fillstyle empty border linecolor rgb '#0072b2' linewidth 2
x(t) = t % across
y(t) = t / across
plot for [t=0:across*down-1] file matrix skip 1 every 1:1:(side_x*x(t)):(side_y*y(t)):(side_x*x(t)+side_x-1):(side_y*y(t)+side_y-1) \
  using ($1 + 3 * x(t)):($2 + 3 * y(t)):3 with image
