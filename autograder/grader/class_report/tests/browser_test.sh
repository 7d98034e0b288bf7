#!/bin/sh
# The class report in a real browser.
#   browser_test.sh FORMAT_SAMPLES FOLDER      FORMAT_SAMPLES writes the pages into FOLDER
# Exit codes: 0 all passed; 1 something failed; 3 the machine lacks something. CHROMIUM names a browser that is not on
# PATH.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/../../../.." && pwd -P)
# shellcheck source-path=SCRIPTDIR source=../../../../tools/bootstrap/lib.sh
. "$root/tools/bootstrap/lib.sh"
# shellcheck source-path=SCRIPTDIR source=../../../../tools/book/dependencies.sh
. "$root/tools/book/dependencies.sh"
work=$root/build/book-work
[ $# -eq 2 ] || { say "usage: browser_test.sh FORMAT_SAMPLES FOLDER"; exit 2; }

browser=$(find_browser)
mkdir -p "$work" || fail "$work cannot be written"
lock "$work"  # ./course book fetches the same packages
fetch_packages
unlock
"$1" "$2" >/dev/null
tests=$work/class-report-tests  # beside node_modules, where Node.js looks for them
mkdir -p "$tests"
for file in browser page_checks results; do cp "$root/tools/book/tests/$file.mjs" "$tests/"; done
cp "$root/autograder/grader/class_report/tests/class_report_test.mjs" "$tests/"
exec node "$tests/class_report_test.mjs" "$browser" "$2/hostile_class" "$2/large_class"
