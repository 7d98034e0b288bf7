height = 380
load style
set multiplot layout 1, 2
unset key
colours = '0x0072B2 0xD55E00 0x009E73 0xE69F00 0xCC79A7 0x333333 0x56B4E9 0x8B0000 0x7570B3 0x66761D'  # a digit each
colour(digit) = int(word(colours, int(digit) + 1))
file = dir.'/codes.csv'
set xlabel 'first number'
set ylabel 'second number'
set title 'principal components'
set xrange [-4.6:8.6]; set yrange [-4.8:4.4]
plot file using "first":"second":"digit":(colour(column("digit"))) with labels font ',11' textcolor rgb variable
set title 'a code of two units'
set xrange [-1.2:4.4]; set yrange [-3.6:4.2]
plot file using "code1":"code2":"digit":(colour(column("digit"))) with labels font ',11' textcolor rgb variable
unset multiplot
