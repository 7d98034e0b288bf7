#!/bin/sh
# mistakes.sh WORKDIR NN-name PROGRAM: a figure shows when the code behind it is wrong. PROGRAM is figures_NN in which a
# known mistake, named by NN_MISTAKE, takes the place of our body; the lesson's figures/mistakes.tsv says which mistake
# must be seen in which figure. For each one the figure is drawn, without a note that it could not be, and its points
# have moved visibly: at least one in ten by at least a twentieth of the axis. That is 15 of the 300 pixels that an axis
# has, six times the width of a line. That none moves without a mistake, check.sh says of the same program. Exit code: 0
# all holds; 1 something does not; 2 usage; 3 no gnuplot.
set -u
LC_ALL=C
export LC_ALL
tools=$(cd "$(dirname "$0")" && pwd)
. "$tools/lib.sh"
if [ $# -ne 3 ]; then
  echo "usage: mistakes.sh WORKDIR NN-name PROGRAM" >&2
  exit 2
fi
work=$1 lesson=$2 program=$3
committed=$tools/../../lessons/$lesson/figures/data
failed=0 checked=0
problem() { echo "$1"; failed=1; }

# How many in a hundred of the points of a column have moved by at least a twentieth of the axis: $1 fresh, $2
# committed, $3 column, $4 low, $5 high, $6 scale. What leaves the axis stands at its end; - is the lowest or highest
# that is committed.
moved() {
  awk -F, -v share=0.05 -v column="$3" -v low="$4" -v high="$5" -v scale="$6" '
    function place(value) {
      if (value != value + 0) return 2 * high - low  # NaN and text are nowhere
      if (scale == "log") value = value > 0 ? log(value) : -1e9
      return value < low ? low : value > high ? high : value
    }
    FNR == 1 { file++; for (i = 1; i <= NF; i++) if ($i == column) at = i; next }
    NF == 0 { next }
    { n[file]++; value[file, n[file]] = $at }
    END {
      if (!at || n[1] != n[2] || !n[1]) { print "column " column ": " n[1] + 0 " numbers, committed " n[2] + 0; exit 1 }
      for (i = 1; i <= n[2]; i++) {
        if (low == "-" || (auto_low && value[2, i] < least)) { least = value[2, i]; low = least; auto_low = 1 }
        if (high == "-" || (auto_high && value[2, i] > most)) { most = value[2, i]; high = most; auto_high = 1 }
      }
      if (scale == "log") { low = log(low); high = log(high) }
      for (i = 1; i <= n[1]; i++) {
        by = (place(value[1, i]) - place(value[2, i])) / (high - low)
        count += (by < 0 ? -by : by) >= share
      }
      print int(100 * count / n[1])
    }' "$1" "$2"
}

# One figure with one mistake: a picture and numbers in $folder.
draw() {
  folder=$work/$(echo "$2" | tr / -)-$1
  rm -rf "$folder"
  mkdir -p "$folder" || exit 2
  NN_FIGURE=$1 NN_MISTAKE=$2 "$tools/draw.sh" "$folder" "$lesson" "$program" >"$folder/said" 2>&1
  code=$?
  [ $code -ne 3 ] || { cat "$folder/said" >&2; exit 3; }
  [ $code -eq 0 ] || problem "$1 with $2: it was not drawn, or not without a note: $(cat "$folder/said")"
  [ -s "$folder/$1.svg" ] || problem "$1 with $2: there is no picture"
}

table=$committed/../mistakes.tsv
[ -f "$table" ] || { echo "lessons/$lesson/figures/mistakes.tsv is missing: it names the mistakes that the figures must show"; exit 1; }
TAB=$(printf '\t')
while IFS=$TAB read -r figure mistake file column low high scale; do
  case $figure in figure | '#'*) continue ;; esac
  checked=$((checked + 1))
  draw "$figure" "$mistake"
  [ -s "$folder/$file" ] || { problem "$figure with $mistake: there is no $file"; continue; }
  visible=$(moved "$folder/$file" "$committed/$file" "$column" "$low" "$high" "$scale") ||
    { problem "$figure with $mistake: $visible"; continue; }
  echo "$figure with $mistake: $visible % of '$column' have moved visibly"
  [ "$visible" -ge 10 ] || problem "$figure does not show $mistake: expected at least 10 %"
done <"$table"
[ $checked -gt 0 ] || problem "lessons/$lesson/figures/mistakes.tsv names no mistake"
exit $failed
