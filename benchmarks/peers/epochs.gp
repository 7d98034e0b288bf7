# One epoch by each program, as `./course bench` measured it: the shorter the bar the faster.
height = 360
load style
set margins 24, 4, 4, 1
unset key
unset grid
set border 1
set xlabel 'seconds an epoch, 784-100-10, one thread (median)'
set ytics scale 0
set yrange [*:*] reverse
set xrange [0:*]
set style fill solid 1 noborder
set boxwidth 0.7
plot dir.'/epochs.csv' using (0.5*column("seconds")):0:(0.5*column("seconds")):(0.35):(column("ours") > 0 ? 0xD55E00 : 0x0072B2):ytic(1) \
       with boxxyerror linecolor rgb variable, \
     '' using "seconds":0:(sprintf('%.3f', column("seconds"))) with labels left offset 0.5,0 textcolor rgb ink
