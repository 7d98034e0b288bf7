height = 440
load style
set multiplot
set style fill solid 1.0 noborder
set xrange [0:21]
set yrange [3.6:-0.6]
set ytics ('rank 0' 0, 'rank 1' 1, 'rank 2' 2, 'rank 3' 3)
set lmargin 8
set rmargin 3
set key at screen 0.97, 0.975 right horizontal maxrows 1 samplen 2
set tmargin at screen 0.87
set bmargin at screen 0.6
set label 1 'ring: 6 messages of 2 numbers' at graph 0, graph 1.08 left
plot dir.'/ring_and_tree-ring.csv' using ($2+$3)/2:1:($3-$2)/2:(0.3) with boxxyerror linecolor rgb pale title 'waits', \
     '' using ($3+$4)/2:1:(($4-$3)/2-0.04):(0.3) with boxxyerror linecolor rgb blue title 'receives', \
     NaN with boxes linecolor rgb orange title 'only sends'
unset key
set tmargin at screen 0.435
set bmargin at screen 0.165
set label 1 'tree: messages of 8 numbers'
set xlabel 'time: 1 for each message, and 0.5 for each number'
plot dir.'/ring_and_tree-tree.csv' using ($2+$3)/2:1:($3-$2)/2:(0.3) with boxxyerror linecolor rgb pale, \
     '' using ($5==0?($3+$4)/2:NaN):1:(($4-$3)/2-0.04):(0.3) with boxxyerror linecolor rgb blue, \
     '' using ($5==1?($3+$4)/2:NaN):1:(($4-$3)/2-0.04):(0.3) with boxxyerror linecolor rgb orange
unset multiplot
