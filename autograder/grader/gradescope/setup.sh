#!/bin/sh
# Gradescope runs this once, as root, when the autograder's image is built: installs what the grader needs, builds it,
# and tries it on our own answers.
set -eu
cd -- "$(dirname -- "$0")"
sh ./course --install-only
sh ./course install grader </dev/null
hidden=
[ ! -d hidden ] || hidden=$PWD/hidden
cmake --preset grader -D "NN_HIDDEN=$hidden"
cmake --build --preset grader --target grader
sh ./run_autograder --try
