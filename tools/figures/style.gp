# The look of every figure. A script loads it first, after setting `height` (pixels, 420 if not set):
#
#   height = 380
#   load style
#   plot dir.'/losses.csv' using "margin":"hinge" with lines linestyle 1 title 'hinge'
#
# Handed in by draw.sh: dir (the CSV files), out (the picture), style (this file).
# 700 pixels are a text column. Line styles differ in colour, in lightness and in dashes; the colours are those of Okabe and Ito,
# which the colour-blind can tell apart. The picture brings its own light background, so that it is a card on a dark page.
if (!exists("height")) height = 420
set encoding utf8
set terminal svg size 700,height fixed enhanced font 'sans-serif,14' background '#fdfdfc' rounded
set output out
set datafile separator comma

ink = '#333333'
pale = '#d9d9d9'
blue = '#0072B2'
orange = '#E69F00'
green = '#009E73'
red = '#D55E00'
sky = '#56B4E9'
purple = '#CC79A7'

set style line 1 linecolor rgb blue   linewidth 2.5 dashtype solid       pointtype 7  pointsize 0.7
set style line 2 linecolor rgb orange linewidth 2.5 dashtype (12,4)      pointtype 5  pointsize 0.7
set style line 3 linecolor rgb '#000000' linewidth 2 dashtype (3,3)      pointtype 9  pointsize 0.8
set style line 4 linecolor rgb green  linewidth 2.5 dashtype (14,4,3,4)  pointtype 13 pointsize 0.9
set style line 5 linecolor rgb red    linewidth 2.5 dashtype (6,3)       pointtype 11 pointsize 0.8
set style line 6 linecolor rgb sky    linewidth 2.5 dashtype solid       pointtype 6  pointsize 0.7
set style line 7 linecolor rgb purple linewidth 2.5 dashtype (8,3,2,3,2,3) pointtype 4 pointsize 0.7
# A line that only guides the eye: an axis through zero, a threshold.
set style line 10 linecolor rgb '#999999' linewidth 1 dashtype solid
# Points of two classes: full and hollow, dark and light.
set style line 11 linecolor rgb blue   linewidth 1.5 pointtype 7 pointsize 0.9
set style line 12 linecolor rgb red    linewidth 1.5 pointtype 8 pointsize 1.1

set border 3 linecolor rgb ink linewidth 1
set tics nomirror out scale 0.6 textcolor rgb ink
set grid linecolor rgb '#e8e8e8' linewidth 1 dashtype solid
set key textcolor rgb ink samplen 3 spacing 1.1
set xlabel textcolor rgb ink
set ylabel textcolor rgb ink
set cblabel textcolor rgb ink
set title textcolor rgb ink font ',15'

# Palettes, to be used as `set palette @sequential`: both grow steadily lighter or darker, so they read in grey as well.
sequential = "defined (0 '#fdfdfc', 0.25 '#c6dbef', 0.5 '#6baed6', 0.75 '#2171b5', 1 '#08306b')"
diverging = "defined (0 '#00224e', 0.25 '#434e6c', 0.5 '#7d7c78', 0.75 '#bcaf6f', 1 '#fee838')"
grey = "defined (0 'black', 1 'white')"
regions = "defined (0 '#cfe3f1', 1 '#fbe3d0')"  # what stands behind the points of classes 0 and 1
