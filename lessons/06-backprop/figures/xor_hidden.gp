height = 380
load style
set multiplot layout 1, 2 margins 0.095, 0.84, 0.16, 0.84 spacing 0.11, 0
set xrange [-0.08:1.08]; set yrange [-0.2:1.08]
set size ratio -1
set xtics 0, 0.5, 1; set ytics 0, 0.5, 1
unset grid
set key at screen 0.5, 0.985 center top maxrows 1 width 2
set palette @sequential
set cbrange [0:1]
set cbtics 0, 0.5, 1
set cblabel 'output of the network' offset 0.8, 0
named(c) = stringcolumn(c) eq '-' ? '' : stringcolumn(c)
do for [k = 1:2] {
  stats dir.'/xor_hidden-line.csv' using ($1 == k ? (w1 = $2, w2 = $3, b = $4) : NaN) skip 1 nooutput
  set title (k == 1 ? 'before training' : 'after 1000 steps') offset 0, -0.4
  set xlabel 'hidden unit 1' offset 0, 0.5
  set ylabel 'hidden unit 2' offset 1.9, 0
  if (k == 1) { set key on; unset colorbox } else { set key off; set colorbox user origin screen 0.865, screen 0.2 size screen 0.022, screen 0.58 }
  corners = dir.'/xor_hidden-corners.csv'
  plot dir.'/xor_hidden-grid.csv' using (column('panel') == k ? column('h1') : NaN):'h2':'output' with points pointtype 5 pointsize 0.6 linecolor palette notitle, \
       -(w1 * x + b) / w2 with lines linestyle 3 title 'output 1/2', \
       corners using (column('panel') == k && column('wanted') == 0 ? column('h1') : NaN):'h2' with points linestyle 11 pointsize 1.4 title 'XOR is 0', \
       corners using (column('panel') == k && column('wanted') == 1 ? column('h1') : NaN):'h2' with points linestyle 12 pointsize 1.7 linewidth 2 title 'XOR is 1', \
       corners using (column('panel') == k ? column('h1') : NaN):'h2':(named(5) eq '01' || named(5) eq '00' ? '' : named(5)) with labels noenhanced left offset 1.2, 0.6 font ',13' notitle, \
       corners using (column('panel') == k ? column('h1') : NaN):'h2':(named(5) eq '00' ? '00' : '') with labels noenhanced center offset 0, 1.2 font ',13' notitle, \
       corners using (column('panel') == k ? column('h1') : NaN):'h2':(named(5) eq '01' ? '01' : named(6)) with labels noenhanced right offset -1.3, (k == 1 ? 0.15 : -1.15) font ',13' notitle
}
unset multiplot
