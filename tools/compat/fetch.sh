#!/bin/sh
# fetch.sh [NAME...]: fetches what versions.tsv lists (or the rows named) into build/compat/, for check.sh. Nothing is
# installed: packages of other Debian releases are unpacked beside, with an apt that has its own lists. What cannot be
# had is said and left out. COMPAT_MIRROR=URL is looked at first: it holds repositories as <last part of their
# address>.git or as folders of that name. COMPAT_DEBIAN=URL is Debian's archive; by default the one that apt uses here.
# Exit codes: 0 something is here, 2 usage, 3 nothing is.
set -u
root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd -P)
list=$root/tools/compat/versions.tsv
compat=$root/build/compat
tab=$(printf '\t')
headers='libarmadillo-dev libfmt-dev catch2 libcereal-dev nlohmann-json3-dev libcli11-dev zlib1g-dev
  libseccomp-dev libarchive-dev
  libssl-dev libbenchmark-dev libopenblas-dev'

say() { printf 'compat: %s\n' "$*" >&2; }

# fetch_system NAME SUITE COMPILERS: the packages and all that they need, as for an empty machine, unpacked into one
# folder.
fetch_system() {
  here=$compat/$1
  apt=$here.apt
  if ! command -v apt-get >/dev/null || ! command -v dpkg-deb >/dev/null; then
    say "$1: this needs apt-get and dpkg-deb"
    return 1
  fi
  mkdir -p "$apt/state/lists/partial" "$apt/cache/archives/partial" "$apt/etc"
  : >"$apt/status"
  keys=/usr/share/keyrings/debian-archive-keyring.gpg
  # shellcheck disable=SC2016 # apt's variable
  uri='$(REPO_URI)'
  archive=${COMPAT_DEBIAN:-$(apt-get indextargets --format "$uri" 'Created-By: Packages' 'Label: Debian' | head -n 1)}
  if [ -z "$archive" ]; then
    say "$1: apt knows no Debian archive here; name one: COMPAT_DEBIAN=URL"
    return 1
  fi
  echo "deb [signed-by=$keys] $archive $2 main" >"$apt/etc/sources.list"
  set -- "$1" "$2" "$(echo "$3" | sed 's/clang++/clang/g')" -o "Dir::State=$apt/state" \
    -o "Dir::State::status=$apt/status" \
    -o "Dir::Cache=$apt/cache" -o "Dir::Etc::sourcelist=$apt/etc/sources.list" -o Dir::Etc::sourceparts=- \
    -o APT::Install-Recommends=false -o APT::Sandbox::User=
  name=$1 packages="base-files $3 $headers"
  shift 3
  # shellcheck disable=SC2086
  if ! { apt-get "$@" -q update && apt-get "$@" -q -y --download-only install $packages; } >"$here.log" 2>&1; then
    say "$name: $(grep -m1 '^E:' "$here.log" || tail -n 1 "$here.log")"
    return 1
  fi
  rm -rf "$here.new" && mkdir -p "$here.new"
  for package in "$apt"/cache/archives/base-files_*.deb "$apt"/cache/archives/*.deb; \
    do  # base-files first: /lib is a link of its
    dpkg-deb -x "$package" "$here.new" || return 1
  done
  rm -rf "$here" "$apt" && mv "$here.new" "$here"
}

# fetch_library NAME ADDRESS TAG
fetch_library() {
  here=$compat/$1
  rm -rf "$here.new"
  for address in ${COMPAT_MIRROR:+"$COMPAT_MIRROR/${2##*/}.git" "$COMPAT_MIRROR/${2##*/}"} "$2"; do
    git clone -q --depth 1 --branch "$3" "$address" "$here.new" >"$here.log" 2>&1 && break
  done
  [ -d "$here.new" ] || { say "$1: $(tail -n 1 "$here.log")" && return 1; }
  case $1 in
    catch2-*)  # one header comes about when it is configured
      cmake -S "$here.new" -B "$here.new/configured" -DCATCH_INSTALL_DOCS=OFF >>"$here.log" 2>&1 ||
        { say "$1: see $here.log" && return 1; }
      mv "$here.new/src" "$here.new/include" && cp -R "$here.new/configured/generated-includes/catch2" \
        "$here.new/include/"
      ;;
  esac
  [ -d "$here.new/include" ] || { say "$1: it has no folder include" && return 1; }
  rm -rf "$here" && mkdir "$here" && mv "$here.new/include" "$here/include" && rm -rf "$here.new"
}

for name; do
  cut -f 1 "$list" | grep -qxF -- "$name" || { say "'$name' is not in $list" && exit 2; }
done
mkdir -p "$compat"
had=0
while IFS=$tab read -r name kind source what _; do
  case $name$kind in '#'* | namekind | *compiler) continue ;; esac
  [ $# = 0 ] || printf '%s\n' "$@" | grep -qxF -- "$name" || continue
  if [ ! -d "$compat/$name" ]; then
    say "fetching $name"
    "fetch_$kind" "$name" "$source" "$what" || continue
  fi
  had=$((had + 1))
done <"$list"
say "$had of them are in $compat"
[ "$had" -gt 0 ] || exit 3
