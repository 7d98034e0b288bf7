#!/bin/sh
# run.sh [--quick] [DIR]: measures how cost grows and draws it. Builds nothing. Tables to the terminal, CSV files and
# figures into DIR (build/growth if not named). About a minute; for numbers that count, on a machine that does nothing
# else. Exit code: 0 every slope is as expected; 1 one is not; 2 usage; 3 a program is missing, or DIR cannot be
# written; 130 stopped by Ctrl-C.
set -u
root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd)
bench=${NN_BENCH_GROWTH:-$root/build/bench/bin/bench_growth}
quick=
[ "${1-}" != --quick ] || { quick=--quick; shift; }
case $#:${1-} in
  0:) out=$root/build/growth ;;
  1:[!-]*) out=$1 ;;
  *) echo "usage: run.sh [--quick] [DIR]" >&2; exit 2 ;;
esac
if [ ! -x "$bench" ]; then
  echo "run.sh: $bench is missing; build it with: cmake --preset bench && cmake --build --preset bench --target bench_growth" >&2
  exit 3
fi
code=0
"$bench" --out "$out" ${quick:+"$quick"} || code=$?
[ $code -le 1 ] || exit $code
"$root/tools/figures/draw.sh" "$out" "$root/benchmarks/growth/figures" - || exit $?
cd "$out" || exit 3
echo "drawn in $out:" *.svg
exit $code
