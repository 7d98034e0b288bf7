#!/bin/sh
# figures_test.sh COMPARE_PROGRAM: draw.sh and compare_figures do what they promise, with programs and scripts made up
# here.
set -u
tools=$(cd "$(dirname "$0")/.." && pwd)
compare=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root="$work/a path"
mkdir -p "$root/tools/figures" "$root/lessons/99-toy/figures"
cp "$tools"/*.sh "$tools"/*.gp "$root/tools/figures/"
figures=$root/lessons/99-toy/figures
failed=0 checked=0

# expect CODE TEXT COMMAND...: the command ends with that code and says that text.
expect() {
  code=$1 text=$2
  shift 2
  "$@" >"$work/said" 2>&1
  found=$?
  checked=$((checked + 1))
  if [ $found -ne "$code" ] || { [ -n "$text" ] && ! grep -qF -- "$text" "$work/said"; }; then
    failed=1
    echo "expected code $code and \"$text\", found code $found and: $(cat "$work/said")"
    echo "  from: $*"
  fi
}
shows() { grep -qF "$2" "$work/out/$1.svg" || { failed=1; echo "$1.svg does not show \"$2\""; }; }

printf 'load style\nplot dir."/line.csv" using "x":"y" with lines\n' >"$figures/line.gp"
cat >"$work/program" <<'END'
#!/bin/sh
printf 'x,y\n0,1\n1,2\n' >"$1/$3.csv"
eval "$BEHAVE"
END
chmod +x "$work/program"
draw() { BEHAVE=$1 NN_FIGURE_SECONDS=1 "$root/tools/figures/draw.sh" "$work/out" 99-toy "$work/program"; }

if command -v gnuplot >/dev/null 2>&1; then
  expect 0 "" draw true
  shows line "drawn from"
  shows line 'rx="10"'
  expect 1 "line: some <numbers> & more" draw 'echo "some <numbers> & more" >"$1/$3.note"; exit 1'
  shows line "some &lt;numbers&gt; &amp; more"
  expect 1 "line: not written yet: 9.1 line" \
    draw 'rm "$1/$3.csv"; echo "not written yet: 9.1 line" >"$1/$3.note"; exit 1'
  shows line "not written yet: 9.1 line"
  expect 1 "line: the program crashed (signal 11)" draw 'rm "$1/$3.csv"; kill -SEGV $$'
  shows line "crashed"
  cp "$figures/line.gp" "$work/still.gp"
  printf 'load style\nframes = 2; each = 1; flips = "1a"; grows = "3a"\nset multiplot\nplot for [k = 1:4] dir."/line.csv" using "x":"y" with lines\nunset multiplot\nload moving\n' >"$figures/line.gp"
  expect 0 "" draw true
  shows line "#gnuplot_plot_1a{opacity:0}"
  shows line "#gnuplot_plot_2a{opacity:0;animation:last 5.0s 1.0s step-end infinite}"
  shows line "#gnuplot_plot_4a{animation:from2 5.0s step-end infinite}"
  shows line "prefers-reduced-motion"
  mv "$work/still.gp" "$figures/line.gp"
  expect 1 "line.csv has no rows" draw 'echo x,y >"$1/$3.csv"'
  if command -v timeout >/dev/null 2>&1; then
    expect 1 "no numbers after 1 s" draw 'rm "$1/$3.csv"; exec sleep 20'
  fi
  expect 1 "there are no numbers" "$root/tools/figures/draw.sh" "$work/out" 99-toy -
  draw true
  rm "$work/out/line.svg"
  expect 0 "" "$root/tools/figures/draw.sh" "$work/out" "$figures" -
  shows line "drawn from"
  expect 3 "no such option" draw 'echo no such option >&2; exit 3'
fi
expect 2 "usage" "$root/tools/figures/draw.sh" "$work/out"
expect 2 "expected gnuplot scripts in lessons/98-none/figures" "$root/tools/figures/draw.sh" "$work/out" 98-none -
expect 2 "expected gnuplot scripts in $work/out" "$root/tools/figures/draw.sh" "$work/out" "$work/out" -
mkdir "$work/bin"
for tool in sh dirname ls; do ln -s "$(command -v $tool)" "$work/bin/$tool"; done
expect 3 "gnuplot" env PATH="$work/bin" "$root/tools/figures/draw.sh" "$work/out" 99-toy -
expect 3 "cannot be written" "$root/tools/figures/draw.sh" "$work/program/out" 99-toy -

if command -v gnuplot >/dev/null 2>&1; \
  then  # a figure must show the mistake that the lesson's mistakes.tsv names
  mkdir "$figures/data"
  printf 'x,y\n0,1\n1,2\n' >"$figures/data/line.csv"
  cat >"$work/mistaken" <<'END'
#!/bin/sh
folder=$1
eval "$BEHAVE"
mkdir -p "$folder"
printf 'x,y\n0,1\n1,%b\n' "${y:-2}" >"$folder/line.csv"
END
  chmod +x "$work/mistaken"
  mistaken() { BEHAVE=$1 "$root/tools/figures/mistakes.sh" "$work/mistakes" 99-toy "$work/mistaken"; }
  expect 1 "figures/mistakes.tsv is missing" mistaken true
  : >"$figures/mistakes.tsv"
  expect 1 "mistakes.tsv names no mistake" mistaken true
  printf 'figure\tmistake\tfile\tcolumn\tlow\thigh\tscale\nline\t9.1/wrong\tline.csv\ty\t0\t4\tlinear\n' \
    >"$figures/mistakes.tsv"
  expect 0 "50 % of 'y' have moved visibly" mistaken '[ -z "$NN_MISTAKE" ] || y=3'
  expect 0 "50 % of 'y' have moved visibly" mistaken '[ -z "$NN_MISTAKE" ] || y=nan'
  expect 1 "line does not show 9.1/wrong" mistaken '[ -z "$NN_MISTAKE" ] || y=2.1'
  expect 1 "it was not drawn" mistaken '[ -z "$NN_MISTAKE" ] || { exec false; }'
  expect 1 "numbers, committed 2" mistaken '[ -z "$NN_MISTAKE" ] || y="2\n2,2"'
  expect 2 "usage" "$root/tools/figures/mistakes.sh" "$work/mistakes"
fi

mkdir "$work/fresh" "$work/old"
numbers() { printf 'x,y\n1,%s\n\n2,text\n' "$2" >"$work/$1/line.csv"; }
numbers old 1
numbers fresh 1.00001
expect 0 "1 files as committed" "$compare" "$work/fresh" "$work/old"
numbers fresh 1.0001
expect 1 "line 2, column y: 1.0001, committed 1" "$compare" "$work/fresh" "$work/old"
echo 'line.csv y 0.001 0' >"$work/old/tolerances"
expect 0 "" "$compare" "$work/fresh" "$work/old"
numbers fresh nan
expect 1 "line 2, column y: nan" "$compare" "$work/fresh" "$work/old"
echo 'line.csv y any' >"$work/old/tolerances"
expect 1 "line 2, column y: nan" "$compare" "$work/fresh" "$work/old"
numbers fresh 77
expect 0 "" "$compare" "$work/fresh" "$work/old"
echo 'other.csv y any' >"$work/old/tolerances"
expect 1 "there is no file other.csv" "$compare" "$work/fresh" "$work/old"
rm "$work/old/tolerances" "$work/fresh/line.csv"
expect 1 "committed, but no longer made" "$compare" "$work/fresh" "$work/old"
rm "$work/old/line.csv"
expect 1 "nothing to compare" "$compare" "$work/fresh" "$work/old"
expect 2 "usage" "$compare" "$work/fresh" "$work/none"

echo "$checked checks"
exit $failed
