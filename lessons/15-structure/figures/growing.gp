height = 560
load style
set multiplot
set lmargin at screen 0.13; set rmargin at screen 0.97; set tmargin at screen 0.97; set bmargin at screen 0.58
set xlabel 'steps' offset 0, 0.4
set ylabel 'loss'
set yrange [0:0.75]
set key top right Left reverse
plot dir.'/growing-losses.csv' using "step":"loss" with lines linestyle 1 title 'binary cross-entropy', \
     dir.'/growing-added.csv' using "step":"loss" with points linestyle 5 pointsize 1.3 title 'a unit comes', \
     dir.'/growing-added.csv' using (column("step")):(column("loss") + 0.07):(sprintf('%d', column("units"))) with labels notitle
unset key; unset xlabel; unset ylabel; unset tics; unset grid; unset colorbox
set size ratio -1
set border 15
set palette defined (0 '#9ecae9', 0.5 '#ffffff', 1 '#f7c48c')
set cbrange [0:1]
side = 41
set xrange [-1.2:1.2]
set yrange [-1.2:1.2]
set tmargin at screen 0.45; set bmargin at screen 0.06
names = '1 3 5'
do for [i=1:3] {
  set lmargin at screen 0.03 + 0.325 * (i - 1)
  set rmargin at screen 0.03 + 0.325 * (i - 1) + 0.305
  set label 1 word(names, i).(i == 1 ? ' unit' : ' units') at graph 0.5, -0.08 center
  plot dir.'/growing-plane'.word(names, i).'.csv' matrix skip 1 using (1.2 * (2. * $1 / (side - 1) - 1)):(1.2 * (1 - 2. * $2 / (side - 1))):3 with image, \
       dir.'/growing-points.csv' using "x":(column("label") == 0 ? column("y") : NaN) with points pointtype 7 pointsize 0.3 linecolor rgb blue, \
       dir.'/growing-points.csv' using "x":(column("label") == 1 ? column("y") : NaN) with points pointtype 7 pointsize 0.3 linecolor rgb red
}
unset multiplot
