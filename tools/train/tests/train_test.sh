#!/bin/sh
# train_test.sh TRAIN TRAIN_STUDENT: the trainer keeps its promises, on the embedded sample.
# TRAIN_STUDENT is linked with bodies of which one is not written yet; leave it out to skip that part.
set -u
train=$1 student=${2-}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
out="$work/a folder"
failed=0 checked=0

# expect CODE TEXT COMMAND...: the command ends with that code and says that text.
expect() {
  code=$1 text=$2
  shift 2
  "$@" >"$work/said" 2>&1
  found=$?
  checked=$((checked + 1))
  if [ $found -ne "$code" ] || ! grep -qF -- "$text" "$work/said"; then
    problem "expected code $code and \"$text\", found code $found and: $(cat "$work/said")
  from: $*"
  fi
}
problem() { failed=1; echo "$1"; }

# What is learned, written and loaded.
expect 0 "a sample, not MNIST's test set" "$train" --sample --out "$out" --require 90 --threads 3 --json \
  "$work/result.json"
! grep -q "$(printf '\033')" "$work/said" || problem "there are escape sequences in what is no terminal"
[ -z "$(awk 'length > 80' "$work/said")" ] || problem "a line is longer than 80 columns: $(cat "$work/said")"
[ "$(wc -l <"$out/history.csv")" -eq 11 ] || problem "history.csv: expected 10 epochs"
for file in network.nn confusion.csv weights.csv mistakes.csv mistakes-list.csv; do
  [ -s "$out/$file" ] || problem "$file was not written"
done
result=$(grep -o '[0-9.]* %.*' "$work/said" | tail -n 1)
grep -q '"sample":true' "$work/result.json" || problem "the result does not say that it is from a sample"
grep -q '"threads":3' "$work/result.json" || problem "expected three threads in fact, found: $(cat "$work/result.json")"
grep -q ', 3 threads$' "$work/said" || problem "three threads are not said: $(cat "$work/said")"
expect 0 "$result" "$train" --sample --load "$out/network.nn"
expect 0 "$result" "$train" --sample --out "$work/again" --threads 3 --quiet
cmp -s "$out/network.nn" "$work/again/network.nn" || problem "the same seed gave other weights"
expect 0 "%" "$train" --sample --out "$work/again" --quiet --seed 2 --epochs 1
! cmp -s "$out/network.nn" "$work/again/network.nn" || problem "another seed gave the same weights"
expect 0 "784-10, softmax" "$train" --sample --hidden none --epochs 1 --held-out 0 --out "$work/again"
expect 0 "784-20-15-10" "$train" --sample --hidden 20,15 --epochs 1 --batch 7 --rate 0.1 --decay 0.001 --patience \
  1 --out "$work/again"

# What goes wrong.
expect 1 "expected at least 99.9 %" "$train" --sample --epochs 1 --out "$work/again" --require 99.9
expect 1 "diverged" "$train" --sample --epochs 1 --rate 1e8 --out "$work/again"
[ ! -e "$work/again/network.nn" ] || problem "weights that are NaN were saved, or old ones left"
for wrong in "--epochs 0" "--batch -3" "--rate x" "--hidden 0" "--hidden 3,,x" "--held-out 1" "--threads 0" \
  "--nonsense" "--sample --data /"; do
  expect 2 "--" "$train" $wrong
done
expect 0 "--held-out" "$train" --help
expect 3 "no such folder" "$train" --data "$work/nowhere"
expect 3 "/dev/null/x" "$train" --sample --out /dev/null/x
expect 3 "nnweight" "$train" --sample --load "$out/history.csv"

# Any data set of that form: 4 training and 2 test images of 2 x 3 pixels, one of the files gzip.
mkdir "$work/tiny"
header() { printf "\\000\\000\\010\\003\\000\\000\\000\\00$1\\000\\000\\000\\002\\000\\000\\000\\003"; }
{ header 4; printf 'abcdefghijklmnopqrstuvwx'; } | gzip >"$work/tiny/train-images-idx3-ubyte.gz"
{ header 2; printf 'abcdefghijkl'; } >"$work/tiny/t10k-images-idx3-ubyte"
printf '\000\000\010\001\000\000\000\004\000\001\002\003' >"$work/tiny/train-labels-idx1-ubyte"
printf '\000\000\010\001\000\000\000\002\000\001' >"$work/tiny/t10k-labels-idx1-ubyte"
expect 0 "4 training and 2 test images of 2 x 3" "$train" --data "$work/tiny" --held-out 0 --out "$work/tiny/out"
expect 3 "6-100-10, expected 784 inputs" "$train" --sample --load "$work/tiny/out/network.nn"

# Ctrl-C stops after the epoch and keeps what was learned.
(trap - INT; exec "$train" --sample --epochs 100000 --out "$work/stopped") >"$work/said" 2>&1 &
process=$!
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
  sleep 0.5
  [ "$(cat "$work/stopped/history.csv" 2>/dev/null | wc -l)" -ge 3 ] && break
done
kill -INT $process
wait $process
code=$?
[ $code -eq 130 ] || problem "Ctrl-C: expected code 130, found $code"
grep -q "stopped by Ctrl-C after epoch" "$work/said" ||
  problem "Ctrl-C: the trainer does not say that it stopped: $(tail -n 3 "$work/said")"
expect 0 "%" "$train" --sample --load "$work/stopped/network.nn"

# The same program on the student's code: it learns, or says what is not written yet.
if [ -n "$student" ]; then
  "$student" --sample --epochs 1 --out "$work/student" >"$work/said" 2>&1
  code=$?
  [ $code -eq 0 ] || { [ $code -eq 1 ] && grep -q "^not written yet: 7\." "$work/said"; } ||
    problem "capstone: code $code: $(tail -n 3 "$work/said")"
fi
echo "$checked checks"
exit $failed
