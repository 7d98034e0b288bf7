height = 300
load style
set xrange [0:10]; set yrange [0:4]
set margins 1, 1, 0.5, 0.5
unset border; unset tics; unset grid; unset key
circled = "front fillcolor rgb '#cfe3f1' fillstyle solid border linecolor rgb ink linewidth 1.5"
set object 1 circle at 5, 2 radius first 0.5 @circled
set object 2 rectangle center 7.55, 2 size 1.1, 0.8 @circled
set label 1 '+' at 5, 2 center front font ',24'
set label 2 'step' at 7.55, 2 center front font ',15'
set style arrow 1 filled head size 0.16, 20 linestyle 1
set arrow from 1.9, 3.4 to 4.5, 2.25 arrowstyle 1
set arrow from 1.9, 2 to 4.43, 2 arrowstyle 1
set arrow from 1.9, 0.6 to 4.5, 1.75 arrowstyle 1
set arrow from 5.55, 2 to 6.95, 2 arrowstyle 1
set arrow from 8.15, 2 to 8.9, 2 arrowstyle 1
level(i) = 3.4 - 1.4 * i
shown(v) = v < 0 ? sprintf('−%g', -v) : sprintf('%g', v)
named(name, value) = name eq '-' ? shown(value) : name.' = '.shown(value)
plot dir.'/neuron-inputs.csv' using (1.1):(level($0)):(named(strcol('name'), column('input'))) with labels font ',16' notitle, \
     '' using (3.1):($0 == 0 ? 3.22 : $0 == 1 ? 2.32 : 0.72):(named(strcol('weight_name'), column('weight'))) with labels font ',16' textcolor rgb blue notitle, \
     dir.'/neuron-answer.csv' using (6.2):(2.35):(named('a', column('a'))) with labels font ',16' notitle, \
     '' using (9.5):(2):(named('y', column('y'))) with labels font ',16' notitle
