#!/bin/sh
# page_test.sh [NETWORK]: the playground's pages in a real browser, on the server of ./course play, and on WebAssembly
# where Emscripten is here. NETWORK reads the drawn digits; without it the one that ./course demo saved.
# Exit codes: 0 all passed; 1 something failed; 3 the machine lacks something. CHROMIUM names a browser that is not on
# PATH.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/../../.." && pwd -P)
# shellcheck source-path=SCRIPTDIR source=../../bootstrap/lib.sh
. "$root/tools/bootstrap/lib.sh"
# shellcheck source-path=SCRIPTDIR source=../../book/dependencies.sh
. "$root/tools/book/dependencies.sh"
work=$root/build/book-work
network=${1:-$root/build/demo/network.nn}
[ -f "$network" ] || fail "$network is not there: ./course demo trains a network and saves it"
browser=$(find_browser)
mkdir -p "$work"
lock "$work"
fetch_packages
tests=$work/play-tests
rm -rf "$tests"
mkdir "$tests"
cp "$root/tools/book/tests/browser.mjs" "$root/tools/book/tests/results.mjs" "$root/tools/book/vitepress/serve.mjs" \
  "$root/tools/play/tests/page_test.mjs" "$root/tools/play/tests/golden.json" "$tests"
folder=
if command -v em++ >/dev/null; then
  folder=$root/build/play
  sh "$root/tools/play/wasm.sh" "$folder"
  node "$root/tools/play/from_disk.mjs" "$folder" "$root/build/wasm/engine_inline.js" "$work/node_modules"
  cp "$network" "$folder/network.nn"
fi
unlock
exec node "$tests/page_test.mjs" "$root" "$browser" "$network" ${folder:+"$folder"}
