height = 380
load style
set yrange [0:0.21]
set xlabel 'steps'
set ylabel 'mean squared error'
set key right top
array what[4] = ['XOR by one', 'XOR other', 'XOR first', 'NAND']
array name[4] = ['XOR, one neuron', 'XOR, two layers, another start', 'XOR, two layers', 'NAND, one neuron']
array style_of[4] = [3, 5, 2, 1]
plot for [i = 1:4] dir.'/tiny_network.csv' using (strcol(1) eq what[i] ? column('step') : NaN):'loss' with lines linestyle style_of[i] title name[i]
