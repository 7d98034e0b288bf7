# What `./course demo --best` has reached when: `best.csv` as the trainer writes it.
#   gnuplot -e "dir='build/demo'; out='best.svg'; style='tools/figures/style.gp'" benchmarks/best.gp
height = 340
load style
set margins 10, 3, 4, 1
set format y "%.1f"
set ytics 0.1
set xlabel 'seconds of one core'
set ylabel 'accuracy, %' offset 1
set xrange [0:*]
set key bottom right
plot dir.'/best.csv' using "cpu_seconds":(100*column("held_out_accuracy")) with linespoints linestyle 1 title 'held-out images (what chooses)', \
     '' using "cpu_seconds":(100*column("test_accuracy")) with linespoints linestyle 2 title 'test images (only looked at)'
