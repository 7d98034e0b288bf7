# Node.js, the packages of package-lock.json, and a browser: for scripts of /bin/sh that have `root`, `work` and the
# functions of tools/bootstrap/lib.sh.
# shellcheck shell=sh disable=SC2154

needs() { fail "this needs $1; get it by: ./course install npm"; }

# The packages stand in $work/node_modules, a folder that the caller has made and locked, with the checksum of the list
# that they were installed from.
fetch_packages() {
  command -v node >/dev/null || needs "Node.js"
  node_version=$(node --version | sed 's/^v//')
  version_at_least "$node_version" 18 || fail "this needs Node.js 18 or newer; found $node_version"
  sum=$(cat "$root/tools/book/package.json" "$root/tools/book/package-lock.json" | cksum)
  [ "$(cat "$work/node_modules/.installed-from" 2>/dev/null)" != "$sum" ] || return 0
  command -v npm >/dev/null || needs "npm"
  say "fetching the book's generator (VitePress and KaTeX, 120 MB, this once) into ${work#"$root/"}"
  cp "$root/tools/book/package.json" "$root/tools/book/package-lock.json" "$work/"
  if ! (cd "$work" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error) >"$work/npm.log" 2>&1; then
    tail -n 5 "$work/npm.log" >&2
    fail "npm could not fetch it. Is there a network? All of npm's words: $work/npm.log"
  fi
  printf '%s\n' "$sum" >"$work/node_modules/.installed-from"
}

# Prints the browser's program; CHROMIUM names one that is not on PATH.
find_browser() {
  for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome; do
    [ -z "$name" ] || ! command -v "$name" || return 0
  done
  fail "the test needs Chromium; get it by: ./course install chromium"
}
