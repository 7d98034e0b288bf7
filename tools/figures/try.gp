# The curves of one plot() of a scratch program (./course try), which puts the file's name in place of NAME.
load style
file = dir.'/NAME.csv'
stats file skip 1 nooutput
set xlabel 'x'
set xzeroaxis linestyle 10
set key outside top horizontal
plot for [i = 2:STATS_columns] file using 1:i with lines linestyle i - 1 title columnheader(i)
