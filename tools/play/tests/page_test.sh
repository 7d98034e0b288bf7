#!/bin/sh
# page_test.sh [NETWORK [ENGINE] | --speed [ROUNDS]]: the playground's pages in a real browser, on the server of
# ./course play, and on WebAssembly where Emscripten is here. NETWORK reads the drawn digits; without it the one of
# ./course demo does. ENGINE is a play_engine_ours; without it ./course play --ours builds one.
# --speed: no tests, but how fast they are (speed.mjs), with a copy of the repository in build/rehearsal as a student's;
# an idle machine is wanted.
# Exit codes: 0 all passed; 1 something failed; 3 the machine lacks something. CHROMIUM names a browser that is not on
# PATH.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/../../.." && pwd -P)
# shellcheck source-path=SCRIPTDIR source=../../bootstrap/lib.sh
. "$root/tools/bootstrap/lib.sh"
# shellcheck source-path=SCRIPTDIR source=../../book/dependencies.sh
. "$root/tools/book/dependencies.sh"
work=$root/build/book-work
speed=
network=$root/build/demo/network.nn
if [ "${1:-}" = --speed ]; then
  speed=${2:-5}
  command -v em++ >/dev/null || fail "the speed on WebAssembly needs em++; get it by: ./course install emscripten"
else
  network=${1:-$network}
  engine=${2:-}
fi
[ -f "$network" ] || fail "$network is not there: ./course demo trains a network and saves it"
browser=$(find_browser)
mkdir -p "$work"
lock "$work"
fetch_packages
tests=$work/play-tests
rm -rf "$tests"
mkdir "$tests"
cp "$root/tools/book/tests/browser.mjs" "$root/tools/book/tests/results.mjs" "$root/tools/book/vitepress/serve.mjs" \
  "$root"/tools/play/tests/*.mjs "$root/tools/play/tests/golden.json" "$tests"
folder=
if command -v em++ >/dev/null; then
  folder=$root/build/play
  sh "$root/tools/play/wasm.sh" "$folder"
  node "$root/tools/play/from_disk.mjs" "$folder" "$work/node_modules"
  cp "$network" "$folder/network.nn"
fi
unlock
if [ -n "$speed" ]; then
  copy="$root/build/rehearsal/a student"
  mkdir -p "$copy"
  for entry in "$root"/*; do
    name=$(basename "$entry")
    case $name in build | exercises) ;; *) [ -e "$copy/$name" ] || ln -s "$entry" "$copy/$name" ;; esac
  done
  rm -rf "$copy/exercises"
  cp -R "$root/solutions" "$copy/exercises"
  cmake --preset tools -S "$root" >/dev/null
  cmake --build "$root/build/tools" --target play
  cmake --preset bench -S "$root" -B "$root/build/play-native" -D NN_FLOAT=OFF -D CMAKE_CXX_FLAGS_RELEASE=-O2 >/dev/null
  cmake --build "$root/build/play-native" --target play_engine_ours
  exec node "$tests/speed.mjs" "$root" "$browser" "$copy" "$folder" "$speed"
fi
exec node "$tests/page_test.mjs" "$root" "$browser" "$network" "$engine" ${folder:+"$folder"}
