#!/bin/sh
# A lesson is one entry: `./course new` and an author who fills in the skeleton touch no file that was there, and
# everything takes the lesson as it is: tests, known mistakes, the grader's worker, the export. Taking its files away
# leaves the tree as it was.
#   new_lesson_test.sh ROOT COURSE      ROOT is copied; COURSE is the program behind ./course
#   new_lesson_test.sh --in COPY COURSE BUILD      in a clean clone, with a build tree of it (for whoever works on this
#   test)
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)/new_lesson

if [ "$1" != --in ]; then
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  trap 'exit 1' INT TERM HUP
  (cd "$1" && tar -cf - --exclude=./build --exclude=./.git .) | (mkdir "$work/copy" && cd "$work/copy" && tar -xf -)
  cd "$work/copy"
  # a course of its first lessons: the others would only be compiled once more
  find lessons exercises solutions autograder benchmarks -depth -path '*/[0-9][0-9]-*' ! -path '*/0[12]-*' -delete
  NAND2MNIST_ROOT=$work/copy "$2" stubs > /dev/null
  git init -q . && git add -A && git -c user.name=test -c user.email=test@localhost commit -qm copy
  sh "$0" --in "$work/copy" "$2" "$work/build"
  exit
fi
root=$2 course=$3 build=$4
cd "$root"
NAND2MNIST_ROOT=$root
export NAND2MNIST_ROOT

failed() {
  echo "NOT SO: $1"
  [ $# -lt 2 ] || printf '%s\n' "$2" | tail -30
  exit 1
}
holds() { # holds WHAT PATTERN TEXT
  printf '%s\n' "$3" | grep -q -- "$2" || failed "$1" "$3"
  echo "ok: $1"
}
changed() { git status --porcelain --untracked-files=all | grep -v '^??' || true; }

[ -z "$(git status --porcelain)" ] || failed "the tree is clean" "$(git status --short)"
"$course" new 99-probe --requires 1 > /dev/null
[ -z "$(changed)" ] || failed "./course new touches no file that was there" "$(changed)"
cp "$here/probe.hpp" nn/probe.hpp
cp "$here/solution.cpp" solutions/99-probe/probe.cpp
cp "$here/tests.cpp" autograder/tests/99-probe.cpp
cp "$here/mistakes.cpp" autograder/mistakes/99-probe.cpp
sed '/\/\/[<>]/d; /todo.hpp/d' "$here/solution.cpp" > autograder/alternatives/99-probe/probe.cpp
sed -i 's/"functions": \[.*\]/"functions": ["walk2", "length", "farthest", "drifted"]/' lessons/99-probe/lesson.json
"$course" stubs > /dev/null
others=$(changed | grep -v ' README.md$' || true) # its table of lessons is made from the lessons
[ -z "$others" ] || failed "a lesson touches no other file" "$others"
echo "ok: a lesson touches no other file"

configured() { # configured BODIES
  cmake -S . -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_FLAGS_DEBUG=-g1 \
    -DNN_BODIES="$1" -DNN_SELFTESTS=ON \
    -DNN_GRADER=ON
}
built() {
  output=$(cmake --build "$build" --target "$@" 2>&1) || failed "it builds: $*" "$output"
}
output=$(configured solutions 2>&1) || failed "the build takes the lesson" "$output"
built test_99 mistaken_99 graded_99 worker_99
holds "our solution passes" '^passed: ' "$("$build/bin/test_99" 2>&1)"

for mistake in squared counted first; do
  said=$(NN_MISTAKE=99.1/$mistake "$build/bin/mistaken_99" 2>&1 || true)
  holds "the mistake '$mistake' is named" "known mistake 99.1/$mistake:" "$said"
done
holds "arguments have the names of the header" 'walk stops stop 0 path = straight' "$said"

c++ "$build"/CMakeFiles/solution_99.dir/Unity/*.o -Wl,--whole-archive "$build/kit/workers/libworker_99.a" \
  -Wl,--no-whole-archive "$build/nn/support/libnn_support.a" -larmadillo -lz -o "$build/probe_worker"
said=$(python3 - "$build/kit/graded/graded_99" "$build/probe_worker" << 'PYTHON'
import os, subprocess, sys
requests, replies = os.pipe(), os.pipe()
if os.fork() == 0:  # the worker, with its pipes where it looks for them
    os.dup2(requests[0], 100), os.dup2(replies[1], 101)
    os.close(requests[1]), os.close(replies[0])
    os.execv(sys.argv[2], [sys.argv[2]])
os.close(requests[0]), os.close(replies[1])
wire = f"{requests[1]},{replies[0]}"
tests = subprocess.run([sys.argv[1]], env={**os.environ, "NN_WORKER": wire}, pass_fds=(requests[1], replies[0]))
os.close(requests[1])
os.wait()
sys.exit(tests.returncode)
PYTHON
) || failed "a worker answers the tests" "$said"
holds "a worker answers the tests" '^passed: ' "$said"

sed -i 's/"drifted"\]/"drifted", "lost"]/' lessons/99-probe/lesson.json
configured solutions > /dev/null
output=$(cmake --build "$build" --target contracts_written 2>&1 || true)
holds "a function that the header does not declare stops the build" 'does not declare: lost' "$output"
sed -i 's/"drifted", "lost"\]/"drifted"]/' lessons/99-probe/lesson.json

output=$(configured exercises 2>&1) || failed "the build takes the exercise" "$output"
built test_99
holds "the untouched stub is not written yet" 'not written yet: 99.1' "$("$build/bin/test_99" 2>&1 || true)"

exported=$(mktemp -d)
"$course" export --through 99 "$exported/lessons" > /dev/null || failed "./course export takes the lesson"
for file in nn/probe.hpp autograder/tests/99-probe.cpp exercises/99-probe/probe.cpp autograder/contracts/main.cpp; do
  [ -f "$exported/lessons/$file" ] || failed "the export carries $file"
done
rm -rf "$exported"
echo "ok: the export carries it"

git clean -fdq -- nn lessons solutions exercises autograder benchmarks
"$course" stubs > /dev/null
[ -z "$(git status --porcelain)" ] || failed "without its files the tree is as it was" "$(git status --short)"
echo "ok: without its files the tree is as it was"
