#!/bin/sh
# The lessons, the README and docs/ as a static site in build/book: formulas, search, light and dark, printable; no
# network once built.
#   build.sh [--base /PATH/] [--serve [PORT]]     --base: where the site will stand, if not at the root of its host
# Needs Node.js 18 and, the first time or when package-lock.json has changed, npm and a network.
# Exit codes: 0 built; 1 a page is wrong; 2 usage; 3 the machine lacks something.
# For the tests: NAND2MNIST_BOOK_SOURCE is built in place of this repository, NAND2MNIST_BOOK_OUT holds the result and
# what was made on the way.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd -P)
# shellcheck source-path=SCRIPTDIR source=../bootstrap/lib.sh
. "$root/tools/bootstrap/lib.sh"
# shellcheck source-path=SCRIPTDIR source=dependencies.sh
. "$root/tools/book/dependencies.sh"
tools=$root/tools/book
source=${NAND2MNIST_BOOK_SOURCE:-$root}
build=${NAND2MNIST_BOOK_OUT:-$root/build}
work=$build/book-work

base=/
serve=
port=
while [ $# -gt 0 ]; do
  case $1 in
    --base)
      base=${2:-}
      shift
      ;;
    --serve)
      serve=1
      case ${2:-} in [0-9]*)
        port=$2
        shift
        ;;
      esac
      ;;
    *) base= ;;
  esac
  case $base in
    /*/ | /) shift ;;
    *)
      say "usage: ./course book [--base /PATH/] [--serve [PORT]]"
      exit 2
      ;;
  esac
done

mkdir -p "$work" || fail "$work cannot be written"
lock "$work"
fetch_packages

rm -rf "$work/.vitepress" "$work/new"
cp -R "$tools/vitepress" "$work/.vitepress"
node "$work/.vitepress/stage.mjs" "$source" "$work" >"$work/stage.log" || exit 1
mkdir -p "$work/pages/public"
cp "$tools/vitepress/icon.svg" "$work/pages/public/"
if [ -d "$source/tools/play" ] && command -v em++ >/dev/null; then
  sh "$source/tools/play/wasm.sh" "$work/pages/public/play" || exit 1
  node "$source/tools/play/from_disk.mjs" "$work/pages/public/play" "$work/node_modules" || exit 1
  cp "$root/build/demo/network.nn" "$work/pages/public/play/" 2>/dev/null ||
    say "drawn digits have no network to read them: ./course demo trains one"
else
  say "no live figures: they need Emscripten (./course install emscripten, 800 MB)"
fi
if ! (cd "$work" && NAND2MNIST_BOOK_BASE=$base node node_modules/vitepress/bin/vitepress.js \
  build .) >"$work/build.log" 2>&1; then
  tail -n 20 "$work/build.log" >&2
  say "the book was not built; all of the generator's words: $work/build.log"
  exit 1
fi
rm -rf "$build/book"
mv "$work/new" "$build/book"
say "$(sed 's/,.*//' "$work/stage.log"): $build/book/index.html (with search: ./course book --serve)"

if [ -n "$serve" ]; then
  unlock
  exec node "$tools/vitepress/serve.mjs" "$build/book" ${port:+"$port"}
fi
