height = 380
load style
file = dir.'/vanishing.csv'
set xlabel 'state, t'
set ylabel 'norm of the slope along h_t'
set logscale y
set format y '10^{%T}'
set xrange [0:40]
set yrange [1e-8:1]
set key bottom right Left reverse
plot file using "t":"gated3" with lines linestyle 1 title 'gated, bias of z 3', \
     file using "t":"plain" with lines linestyle 2 title 'plain', \
     file using "t":"plain_large" with lines linestyle 4 title 'plain, U 1.5 times as large', \
     file using "t":"gated0" with lines linestyle 5 title 'gated, bias of z 0'
