#!/bin/sh
# record.sh [watch | playground]: the two pictures that the README opens with anew, or one of them.
# docs/figures/watch.svg: a copy of the repository plays the student of `./course watch`: a wrong answer is saved, then
# a right one. What it prints, and when, is recorded. docs/figures/playground.svg: what the page of ./course play saves.
# Needs Node.js and npm, once a network, script (util-linux) for the first and Chromium for the second. Exit codes:
# 0 written; 1 the session went otherwise; 3 something is missing.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/../../.." && pwd -P)
# shellcheck source-path=SCRIPTDIR source=../../bootstrap/lib.sh
. "$root/tools/bootstrap/lib.sh"
# shellcheck source-path=SCRIPTDIR source=../dependencies.sh
. "$root/tools/book/dependencies.sh"
[ "${1:-}" = playground ] || command -v script >/dev/null ||
  fail "the recording needs script, from the package util-linux (bsdutils on Debian)"
work=$root/build/book-work
columns=80 rows=20
mkdir -p "$work"
lock "$work"
fetch_packages

if [ "${1:-}" != watch ]; then
  browser=$(find_browser)
  cp "$root/tools/book/recording/playground.mjs" "$root/tools/book/tests/browser.mjs" "$work/"
  node "$work/playground.mjs" "$root" "$browser" 'set=circles&n=200&layers=4,3&stop=3000' >"$work/playground.svg"
  cp "$work/playground.svg" "$root/docs/figures/playground.svg"
  say "written: docs/figures/playground.svg"
fi
[ "${1:-}" != playground ] || exit 0

copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
trap 'exit 1' INT TERM
git clone -q "$root" "$copy/course"
cd "$copy/course"
say "building a copy, so that the recording shows no building"
./course run 1.1 >"$copy/log" 2>&1 || [ $? -eq 1 ] || fail "the copy was not built: $(tail -n 5 "$copy/log")"

# Waits until it has been printed, then as long as one reads.
printed() {
  tries=0
  until grep -q "$1" "$copy/output" 2>/dev/null; do
    tries=$((tries + 1))
    [ $tries -lt 600 ] || fail "the session did not print '$1'; it printed: $(cat "$copy/output")"
    sleep 0.1
  done
  sleep 2.5
}

answer() {
  sed "s/  todo(\"1.1 step\");/  return a $1 0 ? 1 : 0;/; s/  return a .* ? 1 : 0;/  return a $1 0 ? 1 : 0;/" \
    exercises/01-perceptron/perceptron.cpp >"$copy/saved"
  cp "$copy/saved" exercises/01-perceptron/perceptron.cpp
}

{
  printed "not written yet"
  answer ">="
  printed "Known mistake"
  answer ">"
  printed "10 of 100 points"
  sleep 1
  printf q
  sleep 1
} | TERM=xterm-256color script -qef -O "$copy/output" -T "$copy/timing" \
  -c "stty cols $columns rows $rows; exec timeout --foreground 300 ./course watch 1" >/dev/null || fail "the session failed: $copy/output"

cp "$root/tools/book/recording/picture.mjs" "$work/"
node "$work/picture.mjs" "$copy/output" "$copy/timing" "$columns" "$rows" \
  "./course watch: a step that is wrong at 0 is saved and called by its name, then mended." >"$copy/watch.svg"
cp "$copy/watch.svg" "$root/docs/figures/watch.svg"
say "written: docs/figures/watch.svg"
