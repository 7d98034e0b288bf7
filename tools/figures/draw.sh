#!/bin/sh
# Draws the figures of a lesson:  draw.sh OUTDIR NN-name FIGURES_PROGRAM [options for the program]
#
# For each script lessons/NN-name/figures/NAME.gp the program writes OUTDIR/NAME*.csv and gnuplot draws OUTDIR/NAME.svg
# from them. Every figure has a process of its own: one that crashes or never ends costs no other, and its picture says
# so. With "-" for the program, what is already in OUTDIR is drawn. NN_FIGURE names one figure to draw, in place of all.
# In place of a lesson, a folder that holds scripts may be named, as in ./benchmarks/growth/figures.
# Exit code: 0 all drawn; 1 a figure has no numbers, or some that are NaN; 2 usage; 3 no gnuplot, or OUTDIR cannot be
# written.
set -u
LC_ALL=C
export LC_ALL
tools=$(cd "$(dirname "$0")" && pwd)
. "$tools/lib.sh"
if [ $# -lt 3 ]; then
  echo "usage: draw.sh OUTDIR NN-name FIGURES_PROGRAM [options]   (a program of - draws what is in OUTDIR)" >&2
  exit 2
fi
folder=$1 lesson=$2 program=$3
shift 3
case $lesson in
  */*) scripts=$lesson ;;
  *) scripts=$tools/../../lessons/$lesson/figures ;;
esac
if ! ls "$scripts"/*.gp >/dev/null 2>&1; then
  echo "draw.sh: expected gnuplot scripts in ${scripts#"$tools/../../"}, found none; name a lesson as in 03-activations, or a folder" >&2
  exit 2
fi
if ! command -v gnuplot >/dev/null 2>&1; then
  echo "draw.sh: gnuplot draws the figures and was not found; ./course doctor prints the line that installs it" >&2
  exit 3
fi
mkdir -p "$folder" 2>/dev/null && [ -w "$folder" ] || {
  echo "draw.sh: $folder cannot be written; choose a folder that you may write to" >&2
  exit 3
}
folder=$(cd "$folder" && pwd)
limit=
command -v timeout >/dev/null 2>&1 && limit="timeout ${NN_FIGURE_SECONDS:-120}"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
trap 'exit 130' INT TERM

# Why the program ended with this code.
reason() {
  case $1 in
    124) echo "no numbers after ${NN_FIGURE_SECONDS:-120} s: a loop that never ends?" ;;
    13[0-9] | 14[0-9]) echo "the program crashed (signal $(($1 - 128)))" ;;
    *) tail -n 1 "$log" ;;
  esac
}

quoted() { printf "'%s'" "$(printf '%s' "$1" | sed "s/'/''/g")"; }

# $1 script, $2 name, $3 what else it is told
plot() {
  gnuplot -d -e "dir=$(quoted "$folder"); out=$(quoted "$folder/.$2.svg"); style=$(quoted \
    "$tools/style.gp"); moving=$(quoted "$tools/moving.gp"); ${3-}" "$1" >"$log" 2>&1 || return 1
  [ -s "$folder/.$2.svg" ]
}

# A card that says why there is no picture: $1 name, $2 note, in three lines at most.
card() {
  said="name=$(quoted "$1")"
  for i in 1 2 3; do
    said="$said; note$i=$(quoted "$(printf '%s\n' "$2" | fold -s -w 84 | sed -n ${i}p)")"
  done
  plot "$tools/empty.gp" "$1" "$said"
}

# $1 name, $2 its CSV files, $3 note: round corners, the name for a title, a sum of all that it was drawn from (check.sh
# compares it), and the note, if there is one, in red above the picture.
finish() {
  sum=$(drawn_from "$scripts/$1.gp" "$2")
  height=$(sed -n 's/^ width="700" height="\([0-9]*\)".*/\1/p' "$folder/.$1.svg")
  bar=0 words=
  if [ -n "$3" ]; then
    bar=28
    words="<text x=\"350\" y=\"-8\" text-anchor=\"middle\" font-family=\"sans-serif\" font-size=\"13\" fill=\"#D55E00\">"
    words=$words$(printf '%s' "$3" | cut -c 1-100 | sed -e 's/&/\&amp;/g' -e 's/</\&lt;/g' \
      -e 's/>/\&gt;/g' -e 's/[\\&|]/\\&/g')"</text>"
  fi
  full=$((height + bar))
  sed -e "s|<title>.*</title>|<title>$1</title>|" -e "s|<desc>.*</desc>|<desc>drawn from $sum</desc>|" \
    -e "s|^ width=\"700\" height=\"$height\"| width=\"700\" height=\"$full\"|" \
    -e "s|^ viewBox=\"0 0 700 $height\"| viewBox=\"0 $((0 - bar)) 700 $full\"|" \
    -e "s|^<rect x=\"0\" y=\"0\" width=\"700\" height=\"$height\"\(.*\)|<rect x=\"0\" y=\"$((0 - bar))\" rx=\"10\" width=\"700\" height=\"$full\"\1$words|" \
    -e 's|^<image |<image style="image-rendering:pixelated" |' "$folder/.$1.svg" >"$folder/$1.svg"
  rm -f "$folder/.$1.svg"
}

failed=0
IFS='
'
for script in "$scripts"/*.gp; do
  name=$(basename "$script" .gp)
  [ "${NN_FIGURE:-$name}" = "$name" ] || continue
  rm -f "$folder/$name.svg"
  note=
  made=true
  if [ "$program" != - ]; then
    rm -f "$folder/$name.csv" "$folder/$name"-*.csv "$folder/$name.note"
    code=0
    (IFS=' '; exec $limit "$program" "$folder" --only "$name" "$@") >"$log" 2>&1 || code=$?
    [ $code -le 1 ] || note=$(reason $code)
    if [ $code -eq 2 ] || [ $code -eq 3 ]; then
      cat "$log" >&2
      exit $code
    fi
  fi
  [ ! -s "$folder/$name.note" ] || note=$(cat "$folder/$name.note")
  files=$(ls "$folder/$name.csv" "$folder/$name"-*.csv 2>/dev/null)
  if [ -z "$files" ]; then
    made=false
    : "${note:=there are no numbers: expected $name.csv in the folder of the figures}"
  else
    for file in $files; do
      [ "$(wc -l <"$file")" -ge 2 ] || { made=false; note="$(basename "$file") has no rows"; }
    done
  fi
  if $made && ! plot "$script" "$name"; then
    made=false
    : "${note:=gnuplot: $(grep -v '^ *^*$' "$log" | tail -n 1)}"
  fi
  shown=$note
  $made || { card "$name" "$note" && shown=; } || { echo "draw.sh: gnuplot: $(cat "$log")" >&2; exit 3; }
  finish "$name" "$files" "$shown"
  [ -z "$note" ] || { failed=1; echo "$name: $note" >&2; }
done
exit $failed
