height = 380
load style
set xrange [0:2]; set yrange [-1.5:6]
set xtics ('x − δ' 0.4, 'x' 1, 'x + δ' 1.6)
set ytics 2
set ylabel 'f(x)'
set key left top Left reverse samplen 4
plot dir.'/chords.csv' using 'x':'curve' with lines linewidth 3.5 linecolor rgb '#b0b0b0' dashtype solid title 'the curve', \
     '' using 'x':'tangent' with lines linestyle 3 title 'its slope at x', \
     '' using 'x':'one' with lines linestyle 2 title 'measured on one side', \
     '' using 'x':'both' with lines linestyle 1 title 'measured on both sides', \
     dir.'/chords-points.csv' using 'x':'height' with points pointtype 7 pointsize 1 linecolor rgb ink notitle
