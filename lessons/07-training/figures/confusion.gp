height = 560
load style
file = dir.'/confusion.csv'
stats file using 1 skip 1 nooutput
classes = int(STATS_max) + 1
stats file using ($1 == $2 ? 0 : $3) skip 1 nooutput
most = STATS_max > 0 ? STATS_max : 1
# Right answers are only counted; colour is for mistakes, so that a rare one is seen beside a thousand right ones.
set xlabel 'taken for' offset 0,0.3
set ylabel 'truth' offset 1
set size square
set border 0
unset grid
unset key
set tics scale 0
set xrange [-0.5:classes-0.5]
set yrange [classes-0.5:-0.5]
set xtics 1
set ytics 1
set palette @sequential
set cblabel 'mistakes' offset -0.5
set cbrange [0:most]
truth(yes, no) = column("truth") == column("taken_for") ? yes : no
plot file using "taken_for":"truth":(truth(0, column("count"))) with image pixels, \
     file using "taken_for":"truth":(truth("", column("count") > 0 ? sprintf("%d", column("count")) : "")) : \
       (column("count") > most / 2 ? 0xffffff : 0x333333) with labels textcolor rgb variable, \
     file using "taken_for":"truth":(truth(sprintf("%d", column("count")), "")) with labels font ',15' textcolor rgb green
