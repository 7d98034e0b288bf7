height = 400
load style
set logscale xy
set format x '10^{%T}'
set format y '10^{%T}'
set xrange [5e-14:1.2]; set yrange [1e-13:100]
set xtics 1e-12, 100, 1
set ytics 1e-12, 100, 100
unset mxtics; unset mytics
set xlabel 'δ'
set ylabel 'error of the measured slope'
set key at graph 0.02, 0.05 left bottom Left reverse
set label 1 'too small: rounding' at graph 0.1, 0.78 textcolor rgb ink
set label 2 'too large:' at graph 0.81, 0.3 textcolor rgb ink
set label 3 'the curve bends' at graph 0.81, 0.23 textcolor rgb ink
plot dir.'/delta-best.csv' using 'delta':(1e-13):(0):(1e15) with vectors nohead linestyle 10 linewidth 2 title 'best\_delta', \
     dir.'/delta.csv' using 'delta':'forward' with linespoints linestyle 2 title 'one side: f(x + δ) − f(x)', \
     '' using 'delta':'central' with linespoints linestyle 1 title 'both sides: f(x + δ) − f(x − δ)'
