height = 500
load style
file = dir.'/gradients.csv'
array largest[3]
do for [l = 1:3] { stats file using ($1 == l ? abs($5) : NaN) skip 1 nooutput; largest[l] = STATS_max }
set multiplot layout 3, 3 margins 0.13, 0.86, 0.045, 0.925 spacing 0.035, 0.055
set palette @diverging
unset key; unset grid; unset border
set xtics scale 0 format '' ; set ytics scale 0 format ''
set size ratio -1
set xrange [0.4:7.1]
set yrange [5.6:0.4]
do for [l = 1:3] {
  most = largest[l] > 0 ? largest[l] : 1
  set cbrange [-most:most]
  do for [k = 1:3] {
    set title (l > 1 ? '' : k == 1 ? 'backprop' : k == 2 ? 'measured' : 'difference') offset 0, -0.5
    unset label
    units = l == 1 ? 5 : l == 2 ? 4 : 3
    if (k == 1) { set label sprintf('layer %d', l) at screen 0.02, first (units + 1) / 2.0 left textcolor rgb ink }
    if (k == 3) { set colorbox user origin graph 1.06, graph 0.08 size graph 0.07, graph 0.84; set cbtics (sprintf('%.2g', -most) -most, '0' 0, sprintf('%.2g', most) most) } else { unset colorbox }
    shown(b, n) = k == 1 ? b : k == 2 ? n : b - n
    plot file using (column('layer') == l ? column('column') : NaN):'row':(0.47):(0.47):(shown(column('backprop'), column('numerical'))) \
      with boxxyerror fillcolor palette fillstyle solid noborder
  }
}
unset multiplot
