#!/bin/sh
# check.sh WORKDIR NN-name FIGURES_PROGRAM COMPARE_PROGRAM: the numbers of a lesson's figures are as committed, so that
# any two runs write the same; every figure has a script, numbers, a picture, and the picture was drawn from these
# numbers by this script. Needs no gnuplot.
# check.sh --update WORKDIR NN-name FIGURES_PROGRAM: makes the committed numbers and pictures anew, from our own bodies.
# check.sh --redraw WORKDIR NN-name: only the pictures, from the committed numbers, when a script or the style changed.
# Exit code: 0 all holds; 1 something does not; 2 usage.
set -u
LC_ALL=C
export LC_ALL
tools=$(cd "$(dirname "$0")" && pwd)
. "$tools/lib.sh"
mode=check
case ${1-} in --update | --redraw) mode=${1#--} && shift ;; esac
if [ $# -lt 2 ] || { [ $# -lt 3 ] && [ $mode != redraw ]; }; then
  echo "usage: check.sh [--update | --redraw] WORKDIR NN-name FIGURES_PROGRAM [COMPARE_PROGRAM]" >&2
  exit 2
fi
work=$1 lesson=$2 program=${3--} compare=${4-}
figures=$(cd "$tools/../../lessons/$lesson" && pwd)/figures || exit 2
rm -rf "$work/1"
mkdir -p "$work/1" || exit 2

if [ $mode != check ]; then
  [ $mode = update ] || cp "$figures/data"/*.csv "$work/1/" || exit 1
  "$tools/draw.sh" "$work/1" "$lesson" "$program" || exit
  rm -f "$figures"/*.svg
  cp "$work/1"/*.svg "$figures/"
  if [ $mode = update ]; then
    mkdir -p "$figures/data"
    rm -f "$figures/data"/*.csv
    cp "$work/1"/*.csv "$figures/data/"
  fi
  ls -l "$figures"/*.svg "$figures/data"/*.csv
  exit 0
fi

failed=0
problem() { echo "$1"; failed=1; }
"$program" "$work/1" || problem "the figures' program failed"
"$compare" "$work/1" "$figures/data" ||
  problem "the numbers have changed: draw them anew with tools/figures/check.sh --update, and look at them"

IFS='
'
names=$("$program" --list)
[ -n "$names" ] || problem "the program holds no figures"
for name in $names; do
  [ -f "$figures/$name.gp" ] || problem "$name: there is no script $name.gp"
done
for script in "$figures"/*.gp; do
  name=$(basename "$script" .gp)
  echo "$names" | grep -qx "$name" || problem "$name.gp: the program has no figure of that name"
  files=$(ls "$figures/data/$name.csv" "$figures/data/$name"-*.csv 2>/dev/null)
  sum=$(drawn_from "$script" "$files")
  grep -q "drawn from $sum<" "$figures/$name.svg" 2>/dev/null ||
    problem "$name.svg is missing or was drawn from other numbers, another script or another style; draw it anew with check.sh --redraw"
  # What the style of a moving picture hides and shows must be there.
  grep -o '#gnuplot_plot_[0-9]*[a-z]' "$figures/$name.svg" 2>/dev/null | tr -d '#' | sort -u >"$work/moved"
  grep -o 'id="gnuplot_plot_[0-9]*[a-z]' "$figures/$name.svg" 2>/dev/null | cut -d '"' -f 2 | sort -u >"$work/drawn"
  lost=$(comm -23 "$work/moved" "$work/drawn")
  [ -z "$lost" ] || problem "$name.svg moves what it does not draw: $(echo "$lost" | tr '\n' ' ')"
  ! grep -q '^load moving' "$script" || [ -s "$work/moved" ] ||
    problem "$name.svg should move, and has nothing that does"
done
exit $failed
