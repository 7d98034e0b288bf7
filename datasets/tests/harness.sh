# What fetch_test.sh stands on: a course of its own in a folder with a space in its name, with a manifest of two tiny
# files, programs that do as they are told, and `check`.
#
# shellcheck shell=sh disable=SC2034,SC2154,SC2317

set -u
export LC_ALL=C
real=$here/..
work=$(mktemp -d "${TMPDIR:-/tmp}/fetch test.XXXXXX") || exit 3
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
unset NAND2MNIST_DATA NAND2MNIST_MIRRORS XDG_CACHE_HOME https_proxy HTTPS_PROXY http_proxy ALL_PROXY all_proxy

passed=0 failed=0
check() { # SENTENCE COMMAND...
  sentence=$1
  shift
  if "$@"; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    echo "FAILED under $shell: $sentence"
    echo "  it exited with $code; standard output: $(cat "$work/out")"
    sed 's/^/  | /' "$work/err"
  fi
}
says() { grep -qF -- "$1" "$work/err"; }
silent_on() { ! says "$1"; }
code_is() { [ "$code" -eq "$1" ]; }
path_is() { [ "$(cat "$work/out")" = "$1" ]; }
calls_are() { [ "$(wc -l <"$work/calls" | tr -d ' ')" -eq "$1" ]; }
complete() { for f in a b; do cmp -s "$work/full/$f" "$1/$f" || return 1; done; }
nothing_in() { [ ! -d "$1" ] || [ -z "$(ls -A "$1")" ]; }
only_files_in() { # DIR NAMES: these entries and no others
  # shellcheck disable=SC2012
  [ "$(ls -A "$1" | tr '\n' ' ')" = "$2 " ]
}

mkdir -p "$work/course" "$work/full" "$work/good" "$work/bad" "$work/bin" "$work/tools" "$work/stand-ins"
cp "$real/fetch.sh" "$real/fetch_sources.sh" "$work/course/"
awk 'BEGIN { for (i = 0; i < 9000; i++) printf "%d,", i * i % 9973 }' >"$work/full/a"
printf 'labels' >"$work/full/b"
for f in a b; do
  gzip -n -9 <"$work/full/$f" >"$work/good/$f.gz"
  sed 's/1/2/g; s/l/L/' "$work/full/$f" | gzip -n >"$work/bad/$f.gz"
done
line() { printf '{ "name": "%s", "bytes": %d, "sha256": "%s" }' "$1" "$(wc -c <"$work/full/$1")" \
  "$(sha256sum <"$work/full/$1" | cut -c 1-64)"; }
cat >"$work/course/manifest.json" <<END
{
  "datasets": {
    "tiny": {
      "files": [
        $(line a),
        $(line b)
      ],
      "mirrors": [
        "https://one.example/data",
        "https://two.example/data"
      ],
      "npm": { "package": "tiny-data@1.0.0", "folder": "package/data" }
    }
  }
}
END
mkdir -p "$work/npm/package/data"
cp "$work/full/a" "$work/full/b" "$work/npm/package/data/"
tar -C "$work/npm" -czf "$work/tiny.tgz" package

for tool in awk cat cmp cp cut df dirname du env gzip head kill ls mkdir mktemp mv od rm rmdir sed \
  sh sha256sum sleep tar touch tr \
  uname wc; do
  found=$(command -v "$tool") && case $found in /*) ln -s "$found" "$work/tools/$tool" ;; esac
done

# The stand-ins for curl, wget, npm and df, and what they can be told to do, are in stand_ins.sh.
for stand_in in curl wget npm df; do
  printf '#!/bin/sh\nstand_in=%s\n. "%s/stand_ins.sh"\n' "$stand_in" "$here" >"$work/stand-ins/$stand_in"
  chmod +x "$work/stand-ins/$stand_in"
done
export WORK="$work"

new() { # TOOLS...: a fresh cache, and these stand-ins in the PATH
  rm -rf "${work:?}/bin" "$work/home dir" "$work/cache"
  mkdir -p "$work/bin" "$work/home dir"
  for t; do ln -s "$work/stand-ins/$t" "$work/bin/$t"; done
  : >"$work/calls"
  cache="$work/cache/tiny set"
  rm -f "$work/hangs"
}
fetch() { # [VARIABLE=VALUE...] -- ARGUMENTS...
  vars=''
  while [ "$1" != -- ]; do
    export "${1?}"
    vars="$vars ${1%%=*}"
    shift
  done
  shift
  HOME="$work/home dir" PATH="$work/bin:$work/tools" $shell_path "$work/course/fetch.sh" \
    "$@" >"$work/out" 2>"$work/err" </dev/null
  code=$?
  for v in $vars; do unset "$v"; done
}
start() { # like fetch, in the background; its process is $process
  HOME="$work/home dir" PATH="$work/bin:$work/tools" $launch "$shell_path" "$work/course/fetch.sh" \
    "$@" >"$work/out" 2>"$work/err" </dev/null &
  process=$!
}
wait_for() { # FILE
  n=0
  while [ ! -e "$1" ] && [ $n -lt 100 ]; do
    sleep 0.1
    n=$((n + 1))
  done
}
