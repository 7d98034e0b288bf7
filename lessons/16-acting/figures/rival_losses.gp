height = 340
load style
file = dir.'/rival_losses.csv'
set xrange [0:3000]
set yrange [0:2.2]
set xlabel 'steps'
set ylabel 'loss of a batch'
set key top right Left reverse
set arrow 1 from 0, 2 * log(2) to 3000, 2 * log(2) nohead linestyle 10
set arrow 2 from 0, log(2) to 3000, log(2) nohead linestyle 10
set label 1 '2 ln 2' at 2950, 2 * log(2) + 0.13 right
set label 2 'ln 2' at 2950, log(2) - 0.15 right
plot file using "step":"d" with lines linestyle 1 title 'd, the judge', \
     file using "step":"g" with lines linestyle 2 title 'g, the forger'
