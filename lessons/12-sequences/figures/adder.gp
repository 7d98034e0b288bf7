height = 330
load style
file = dir.'/adder.csv'
set xlabel 'digit, the lowest first'
set xrange [-0.6:30.6]
set yrange [-1.25:2.6]
set ytics ('−1' -1, '0' 0, '1' 1)
set xtics 0, 5, 30
set key at graph 0.99, 0.995 right top maxrows 1
set label 1 'a' at -0.9, 2.05 right; set label 2 'b' at -0.9, 1.75 right; set label 3 'sum' at -0.9, 1.45 right
set lmargin 8
plot file using "digit":(2.05):(sprintf('%d', column("a"))) with labels notitle, \
     file using "digit":(1.75):(sprintf('%d', column("b"))) with labels notitle, \
     file using "digit":(1.45):(sprintf('%d', column("said"))) with labels textcolor rgb blue notitle, \
     file using "digit":"carry" with steps linestyle 2 title 'the carry', \
     file using "digit":"unit" with linespoints linestyle 1 title 'one hidden unit'
