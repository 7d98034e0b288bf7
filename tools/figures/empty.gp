# The picture of a figure that has no numbers: it says why.
height = 160
load style
unset border; unset tics; unset key; unset grid
set label 1 name noenhanced at graph 0.5, 0.85 center font ',16' textcolor rgb ink
set label 2 note1 noenhanced at graph 0.5, 0.55 center textcolor rgb red
set label 3 note2 noenhanced at graph 0.5, 0.35 center textcolor rgb red
set label 4 note3 noenhanced at graph 0.5, 0.15 center textcolor rgb red
plot [0:1] [0:1] 2 notitle
