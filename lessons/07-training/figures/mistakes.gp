height = 500
load style
file = dir.'/mistakes.csv'
list = dir.'/mistakes-list.csv'
stats file matrix skip 1 nooutput
across = 6
down = 3
side_x = STATS_size_x / across       # pixels of one picture
side_y = STATS_size_y / down
gap = side_y * 0.6                   # room for the words below each
unset key; unset tics; unset border; unset grid; unset colorbox
set palette defined (0 'white', 1 'black')
set cbrange [0:255]
set xrange [-5:across * (side_x + 5)]
set yrange [down * (side_y + gap):-3]
set size ratio -1
set margins 1, 1, 1, 1
x(t) = t % across
y(t) = t / across
middle(column) = column * (side_x + 5) + side_x / 2.0 - 0.5
below(row, line) = row * (side_y + gap) + side_y + gap * line
shown(text) = strlen(strcol("truth")) > 0 ? text : ""
plot for [t=0:across*down-1] file matrix skip 1 every 1:1:(side_x*x(t)):(side_y*y(t)):(side_x*x(t)+side_x-1):(side_y*y(t)+side_y-1) \
    using ($1 + 5 * x(t)):($2 + gap * y(t)):3 with image, \
  list using (middle(column("column"))):(below(column("row"), 0.15)):(shown(strcol("truth")." read as ".strcol("taken_for"))) with labels, \
  list using (middle(column("column"))):(below(column("row"), 0.45)):(shown(strcol("sure_percent")." % sure")) with labels \
    font ',12' textcolor rgb '#666666'
