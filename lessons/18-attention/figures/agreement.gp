height = 420
load style
set multiplot
file = dir.'/agreement.csv'
set yrange [0:1]
set xrange [-0.8:27.8]
set ytics (0, 0.5, 1)
set boxwidth 0.8
set style fill solid 0.8 noborder
unset key
set lmargin at screen 0.1; set rmargin at screen 0.975
names = "first second third fourth"
says = "'block 1, head 1' 'block 1, head 2' 'block 2, head 1' 'block 2, head 2'"
do for [i = 1:4] {
  set tmargin at screen 1.0 - (i - 1) * 0.23 - 0.06
  set bmargin at screen 1.0 - (i - 1) * 0.23 - 0.215
  set label 1 word(says, i) at graph 0.5, 1.12 center
  if (i < 4) { set format x '' } else { unset xtics }
  plot file using "place":(column(word(names, i))) with boxes linestyle 1 notitle
}
set tmargin at screen 0.07; set bmargin at screen 0.01
unset border; unset tics; unset grid; unset label 1
plot file using "place":(0.5):(strcol("letter")) with labels font 'monospace,15' noenhanced notitle
unset multiplot
