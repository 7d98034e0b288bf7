#!/bin/sh
# The book in a real browser: formulas, figures, links, search, order, widths, light and dark, print; and that each of
# these checks can fail. Exit codes: 0 all passed; 1 something failed; 3 the machine lacks something. CHROMIUM names a
# browser that is not on PATH.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/../../.." && pwd -P)
# shellcheck source-path=SCRIPTDIR source=../../bootstrap/lib.sh
. "$root/tools/bootstrap/lib.sh"
# shellcheck source-path=SCRIPTDIR source=../dependencies.sh
. "$root/tools/book/dependencies.sh"
work=${NAND2MNIST_BOOK_OUT:-$root/build}/book-work

browser=$(find_browser)
sh "$root/tools/book/build.sh"
rm -rf "$work/.vitepress/tests"
cp -R "$root/tools/book/tests" "$work/.vitepress/tests"
exec node "$work/.vitepress/tests/book_test.mjs" "$work/../book" "$work" "$root/tools/book" "$browser"
