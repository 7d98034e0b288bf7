#!/bin/sh
# contracts_test.sh CMAKE BENCH_CONTRACTS: every contract function has a benchmark that runs, and check.cmake notices
# where one has not.
set -u
here=$(cd "$(dirname "$0")/.." && pwd)
cmake=$1 bench=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

# expect CODE TEXT COMMAND...: the command ends with that code (fail: any but 0) and says that text, however it is
# wrapped.
expect() {
  code=$1 text=$2
  shift 2
  "$@" >"$work/said" 2>&1
  found=$?
  [ "$code" != fail ] || [ $found -eq 0 ] || code=$found
  if [ $found != "$code" ] || ! tr -s ' \n' '  ' <"$work/said" | grep -qF -- "$text"; then
    failed=1
    echo "expected code $code and \"$text\", found code $found and: $(cat "$work/said")"
  fi
}
check() { "$cmake" -D "BENCH=$bench" -D "LESSONS=$1" -P "$here/check.cmake"; }

expect 0 "functions, " check "$here/../../lessons"

mkdir -p "$work/some lessons/01-one" "$work/none"
printf '{"tasks": [{"id": "1.1", "functions": ["step", "leap"]}]}' >"$work/some lessons/01-one/lesson.json"
expect fail "without a benchmark in benchmarks/contracts: 1.1 leap; benchmarks of no task's function: 1.2 fire" \
  check "$work/some lessons"
expect fail "name no function" check "$work/none"
expect 2 "Failed to match any benchmarks" "$bench" --benchmark_filter=nothing
expect 2 "unrecognized command-line flag" "$bench" --fast
exit $failed
