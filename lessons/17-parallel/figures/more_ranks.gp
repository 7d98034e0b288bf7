height = 380
load style
set logscale xy
set xrange [1:260]
set yrange [0.1:60]
set xtics (1, 2, 4, 8, 16, 32, 64, 128, 256)
set xlabel 'ranks'
set ylabel 'milliseconds for a step'
set key bottom left Left reverse
plot dir.'/more_ranks.csv' using "ranks":"work" with lines linestyle 10 title 'the samples alone', \
     dir.'/more_ranks.csv' using "ranks":"ring" with lines linestyle 1 title 'and a ring', \
     dir.'/more_ranks.csv' using "ranks":"tree" with lines linestyle 2 title 'and a tree', \
     dir.'/more_ranks-played.csv' using "ranks":"ring" with points linecolor rgb blue pointtype 7 title 'ranks that are played', \
     dir.'/more_ranks-played.csv' using "ranks":"tree" with points linecolor rgb orange pointtype 7 notitle, \
     dir.'/more_ranks-best.csv' using "ranks":"milliseconds" with points linecolor rgb '#000000' pointtype 6 pointsize 2 title 'best\_ranks'
