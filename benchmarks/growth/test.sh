#!/bin/sh
# test.sh BENCH_GROWTH: a quick run has every table, every row a time, every slope near what is expected; and figures are drawn of it.
set -u
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
out="$work/a path"
bench=$1
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

# table NAME ROWS COLUMNS: the table has these columns, so many rows, and nothing in them but finite numbers above 0.
table() {
  [ -s "$out/$1.csv" ] || { fail "$1.csv is missing"; return; }
  wrong=$(awk -F, -v rows="$2" -v columns="$3" '
    NR == 1 { if ($0 != columns) print "columns " $0 ", expected " columns; n = NF; next }
    NF != n { print "line " NR " has " NF " cells" }
    { for (i = 1; i <= NF; i++) if ($i !~ /^[0-9.]+(e[-+]?[0-9]+)?$/ || $i <= 0) print "line " NR " has " $i }
    END { if (NR - 1 != rows) print NR - 1 " rows, expected " rows }' "$out/$1.csv")
  [ -z "$wrong" ] || fail "$1.csv: $wrong"
}

expect 0 "drawn in $out: epoch.svg gradient.svg loading.svg memory.svg" "$here/run.sh" --quick "$out"
grep -v "^drawn in" "$work/said" >"$work/tables"
wide=$(awk "length > 80" "$work/tables")
[ -z "$wide" ] || fail "wider than 80 columns: $wide"
table gradient-numerical 6 parameters,seconds,expected
table gradient-backprop 11 parameters,seconds,expected
table epoch-width 6 units,seconds,expected
table epoch-depth 6 layers,seconds,expected
table epoch-batch 11 batch,seconds,expected
table epoch-samples 5 samples,seconds,expected
table loading-raw 7 megabytes,seconds,expected
table loading-gzip 4 megabytes,seconds,expected
table memory-raw 7 megabytes,peak_mb,expected
table memory-gzip 4 megabytes,peak_mb,expected

# The slopes once more, from the tables themselves: a law that nobody checks would hold.
laws=$(awk -F, 'NR > 1' "$out/slopes.csv" | wc -l)
[ "$laws" -eq 11 ] || fail "slopes.csv has $laws laws, expected 11"
for last in "gradient-numerical 2 3" "gradient-backprop 1 5" "epoch-width 1 3" "epoch-depth 1 3" "epoch-samples 1 3" \
  "loading-raw 1 6" "loading-gzip 1 3" "memory-raw 1 3" "memory-gzip 1 3"; do
  set -- $last
  wrong=$(awk -F, -v expected="$2" -v points="$3" 'NR > 1 { x[NR] = $1; y[NR] = $2 }
    END { slope = log(y[NR] / y[NR + 1 - points]) / log(x[NR] / x[NR + 1 - points])
          if (!(slope > expected - 0.6 && slope < expected + 0.6)) print "slope " slope " at the end, expected " expected }' "$out/$1.csv")
  [ -z "$wrong" ] || fail "$1.csv: $wrong"
done

expect 2 "--out is required" "$bench" --quick
expect 2 "" "$bench" --out "$out" --only speed
expect 3 "" "$bench" --out "$work/tables/none" --quick --only gradient
expect 2 "usage" "$here/run.sh" --fast
expect 2 "usage" "$here/run.sh" one two
NN_BENCH_GROWTH=$work/none expect 3 "build it with" "$here/run.sh"
exit $failed
