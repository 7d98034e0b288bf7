height = 360
load style
set xrange [0:300]
set yrange [0:205]
set xlabel 'games of practice'
set ylabel 'turns that the pole stays up'
set key bottom right Left reverse
set style fill solid 0.18 noborder
plot dir.'/pole-dqn.csv' using "games":"least":"most" with filledcurves linecolor rgb blue notitle, \
     dir.'/pole-reinforce.csv' using "games":"least":"most" with filledcurves linecolor rgb orange notitle, \
     dir.'/pole-dqn.csv' using "games":"middle" with lines linestyle 1 title 'DQN, guesses and all', \
     dir.'/pole-reinforce.csv' using "games":"middle" with lines linestyle 2 title 'REINFORCE'
