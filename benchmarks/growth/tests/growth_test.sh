#!/bin/sh
# growth_test.sh BENCH_GROWTH: a quick run has every table, every row a time, every slope near what is expected; and
# figures are drawn of it.
set -u
here=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
bench=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
out="$work/a path"
export NN_BENCH_GROWTH="$bench"
failed=0
fail() { failed=1; echo "$*"; }

# expect CODE TEXT COMMAND...: the command ends with that code and says that text.
expect() {
  code=$1 text=$2
  shift 2
  "$@" >"$work/said" 2>&1
  found=$?
  if [ $found -ne "$code" ] || ! grep -qF -- "$text" "$work/said"; then
    fail "expected code $code and \"$text\", found code $found and: $(cat "$work/said")"
  fi
}

# wrong FILE ROWS COLUMNS SLOPE POINTS: says what is wrong with a table. It has these columns, so many rows, nothing but
# finite numbers above 0, and from its POINTS-th last row to its last this slope, within 0.6.
wrong() {
  awk -F, -v rows="$2" -v columns="$3" -v expected="$4" -v points="$5" '
    NR == 1 { if ($0 != columns) print "columns " $0 ", expected " columns; n = NF; next }
    NF != n { print "line " NR " has " NF " cells, expected " n }
    { for (i = 1; i <= NF; i++) if ($i !~ /^[0-9.]+(e[-+]?[0-9]+)?$/ || $i <= 0) print "line " NR " has " $i ", expected a number above 0" }
    { x[NR] = $1; y[NR] = $2 }
    END { if (NR - 1 != rows) { print NR - 1 " rows, expected " rows; exit }
          if (y[NR] <= 0 || y[NR + 1 - points] <= 0) exit
          slope = log(y[NR] / y[NR + 1 - points]) / log(x[NR] / x[NR + 1 - points])
          if (!(slope > expected - 0.6 && slope < expected + 0.6))
            print "slope " slope " at the end, expected " expected }' "$1"
}
table() {
  name=$1
  shift
  said="is missing"
  [ ! -s "$out/$name.csv" ] || said=$(wrong "$out/$name.csv" "$@")
  [ -z "$said" ] || fail "$name.csv: $said"
}

curves() {
  failed=0
  expect 0 "drawn in $out: epoch.svg filters.svg gradient.svg loading.svg memory.svg" "$here/run.sh" --quick "$out"
  wide=$(grep -v "^drawn in" "$work/said" | awk 'length > 80')
  [ -z "$wide" ] || fail "wider than 80 columns: $wide"
  table gradient-numerical 6 parameters,seconds,expected 2 3
  table gradient-backprop 11 parameters,seconds,expected 1 5
  table epoch-width 6 units,seconds,expected 1 3
  table epoch-depth 6 layers,seconds,expected 1 3
  table epoch-batch 11 batch,seconds,expected 0 4
  table epoch-samples 5 samples,seconds,expected 1 3
  table filters-places 4 places,seconds,expected 1 3
  table filters-count 6 filters,seconds,expected 1 3
  table filters-size 7 numbers,seconds,expected 1 4
  table filters-batch 8 batch,seconds,expected 0 4
  table loading-raw 7 megabytes,seconds,expected 1 6
  table loading-gzip 4 megabytes,seconds,expected 1 3
  table memory-raw 7 megabytes,peak_mb,expected 1 3
  table memory-gzip 4 megabytes,peak_mb,expected 1 3
  laws=$(($(wc -l <"$out/slopes.csv") - 1))
  [ $laws -eq 15 ] || fail "slopes.csv has $laws laws, expected 15"
  [ $failed -eq 0 ]
}
# What else runs on this machine can bend a curve, but not the same one again and again.
curves || curves || curves

# A table that is wrong is noticed: a gradient of cost P^3, a time that is none, a row too few.
damaged() {
  awk -F, -v OFS=, "$2" "$out/gradient-numerical.csv" >"$work/damaged.csv"
  said=$(wrong "$work/damaged.csv" 6 parameters,seconds,expected 2 3)
  case $said in *"$1"*) ;; *) fail "expected \"$1\" of a damaged table, found \"$said\"" ;; esac
}
damaged "at the end, expected 2" 'NR > 1 { $2 *= $1 } { print }'
damaged "has nan" 'NR == 3 { $2 = "nan" } { print }'
damaged "has 0," 'NR == 7 { $2 = 0 } { print }'
damaged "5 rows, expected 6" 'NR != 3'

expect 2 "--out is required" "$bench" --quick
expect 2 "speed" "$bench" --out "$out" --only speed
expect 3 "bench_growth: " "$bench" --out "$work/said/none" --quick --only gradient
expect 2 "usage" "$here/run.sh" --fast
expect 2 "usage" "$here/run.sh" one two
NN_BENCH_GROWTH=$work/none expect 3 "build it with" "$here/run.sh"
exit $failed
