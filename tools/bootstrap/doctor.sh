#!/bin/sh
# What is here, which version, what is missing and the line that installs it; then the machine, as far as it matters to
# the course.
#   doctor.sh [--system debian|fedora|arch|vcpkg]     the whole list by that system's names
# Installs and builds nothing. Exit codes: 0 everything required is here, 2 usage, 3 something required is missing.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd -P)
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$root/tools/bootstrap/lib.sh"
# shellcheck source-path=SCRIPTDIR source=apt.sh
. "$root/tools/bootstrap/apt.sh"

usage() {
  say "doctor: $1; expected nothing, or --system and one of debian, fedora, arch, vcpkg"
  exit 2
}

system=
case $#:${1:-} in
  0:) ;;
  1:--system=*) system=${1#--system=} ;;
  2:--system) system=$2 ;;
  *) usage "'$*' is not understood" ;;
esac
case $system in
  '' | debian | fedora | arch | vcpkg) ;;
  *) usage "no system is called '$system'" ;;
esac

green='' yellow='' red='' bold='' plain=''
if [ -t 1 ] && [ -z "${NO_COLOR:-}" ] && [ "${TERM:-dumb}" != dumb ]; then
  escape=$(printf '\033')
  green="${escape}[32m" yellow="${escape}[33m" red="${escape}[31m" bold="${escape}[1m" plain="${escape}[0m"
fi

fact() { printf '  %-10s %s\n' "$1" "$2"; }
advice() { printf '%s             %s%s\n' "$yellow" "$1" "$plain"; }

# take_stock LEVEL prints the rows of a level; $lacking gets those that are not here, $all gets every one.
take_stock() {
  while IFS=$tab read -r name level least how rest; do
    [ "$level" = "$1" ] || continue
    probe "$least" "$how" versions
    row="$name$tab$state$tab$least$tab$how$tab$rest$newline"
    all="$all$row"
    why=${rest%%"$tab"*}
    case $state in
      ok) mark="${green}ok     $plain" ;;
      old)
        mark="${red}too old$plain"
        why="expected $least or newer"
        ;;
      *)
        mark="${red}missing$plain"
        [ "$level" = required ] || mark="${yellow}absent $plain"
        ;;
    esac
    [ "$state" = ok ] || lacking="$lacking$row"
    printf '  %s  %-13s  %-9s  %s\n' "$mark" "$name" "${version:--}" "$why"
  done <<EOF
$(rows)
EOF
}

lines() {
  if [ "$system" = debian ] && command -v apt-get >/dev/null; then
    apt_lines "$1" "$sudo"
  else
    other_lines "$1" "$system"
  fi
}

headers_in=
all=
lacking=
echo "${bold}required$plain"
take_stock required
all_required=$all
lacking_required=$lacking
all=
lacking=
echo "${bold}recommended$plain"
take_stock recommended
echo "${bold}optional$plain"
take_stock optional
echo "${bold}optional, the grader's$plain"
take_stock grader

sudo='' as_whom=''
if [ "$(id -u)" != 0 ]; then
  if command -v sudo >/dev/null; then sudo='sudo '; else as_whom=', as root'; fi
fi
if [ -n "$system" ]; then
  echo "${bold}all that is required, on $system$plain"
  other_lines "$all_required" "$system"
  echo "${bold}all that is optional, on $system$plain"
  other_lines "$all" "$system"
else
  system=$(this_system)
  if [ -n "$lacking_required" ]; then
    echo "${bold}to install what is missing$as_whom$plain"
    [ "$system" != debian ] || echo "  ./course install      or, line by line:"
    asked=
    lines "$lacking_required"
  fi
  if [ -n "$lacking" ]; then
    echo "${bold}to install what is optional$as_whom$plain"
    if [ "$system" = debian ]; then
      echo "  ./course install NAME...      each as named above, or all"
    else
      lines "$lacking"
    fi
  fi
fi

echo "${bold}machine$plain"
name=$(os_release PRETTY_NAME)
fact system "${name:-$(uname -s)}, $(uname -m)"
fact cpu "$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo '?') cores,$(sed -n 's/^model name[^:]*://p' \
  /proc/cpuinfo 2>/dev/null | sed 1q)"

# blas_here: what programs here compute their products with. A program built earlier says it, else one that is built
# here and now.
blas_here() {
  for program in "$root"/build/*/bin/blas_kernel; do
    [ -x "$program" ] && "$program" 2>/dev/null && return
  done
  folder=$(mktemp -d)
  if command -v g++ >/dev/null &&
    g++ -std=c++20 -O1 "-I$root" -o "$folder/blas" "$root"/tools/blas_kernel/[!b]*.cpp -ldl >/dev/null 2>&1; then
    "$folder/blas" 2>/dev/null || true
  fi
  rm -rf "$folder"
}

alternative=
if command -v update-alternatives >/dev/null; then
  alternative=$(update-alternatives --get-selections 2>/dev/null | awk '/^libblas\.so\.3/ { print; exit }')
fi
chosen=$(echo "$alternative" | awk '{ print $3 }')
told=$(blas_here)
case $told in
  OpenBLAS*) fact blas "$told" ;;
  *)
    case $chosen in
      *openblas*) fact blas "OpenBLAS, by update-alternatives" ;;
      '') fact blas "${told:-not known}" ;;
      *)
        fact blas "$chosen"
        advice "not OpenBLAS: training is many times slower. To let it be chosen:"
        advice "./course install openblas"
        advice "${sudo}update-alternatives --auto ${alternative%% *}"
        ;;
    esac
    ;;
esac

# Whether the grader's sandbox can be had here, and the lines that allow it: to the grader alone, or to every program,
# or by being root.
setting() { cat "$sys/proc/sys/$1" 2>/dev/null || true; }
if [ "$(id -u)" = 0 ]; then
  who=root
else
  who="an ordinary user"
fi
# landlock_version: 0 where there is none; asked of the kernel (landlock_create_ruleset, for its version), else guessed.
landlock_version() {
  if [ -z "$sys" ]; then
    perl -e 'my $v = syscall(444, 0, 0, 1); print $v < 0 ? 0 : $v' 2>/dev/null && return
    python3 -c 'import ctypes; print(max(0, ctypes.CDLL(None).syscall(444, 0, 0, 1)))' 2>/dev/null && return
  fi
  release=$(cat "$sys/proc/sys/kernel/osrelease" 2>/dev/null || uname -r)
  ! grep -qs landlock "$sys/sys/kernel/security/lsm" || ! version_at_least "${release%%-*}" 6.2 || { echo 3 && return; }
  echo 0
}
landlock=
[ "$(landlock_version)" -lt 3 ] || landlock=yes
if ! bwrap=$(command -v bwrap); then
  fact sandbox "no bwrap: only ./course grade needs it; ./course install grader"
elif "$bwrap" --unshare-all --ro-bind / / true >/dev/null 2>&1; then
  fact sandbox "bubblewrap works for $who${landlock:+, Landlock too}"
else
  if [ -n "$landlock" ]; then
    fact sandbox "bubblewrap does not work for $who; ./course grade uses Landlock, which is weaker"
    advice "To allow bubblewrap:"
  else
    fact sandbox "neither bubblewrap nor Landlock (Linux 6.2) works for $who"
    advice "only ./course grade needs one; everything else works without. To allow bubblewrap:"
  fi
  if [ "$(setting kernel/apparmor_restrict_unprivileged_userns)" = 1 ]; then
    advice "AppArmor forbids user namespaces. For bwrap alone (lasts):"
    advice "printf '%s\n' 'abi <abi/4.0>,' 'include <tunables/global>' \\"
    advice "  'profile bwrap $bwrap flags=(unconfined) {' '  userns,' '}' \\"
    advice "  | ${sudo}tee /etc/apparmor.d/bwrap && ${sudo}apparmor_parser -r /etc/apparmor.d/bwrap"
    advice "or for every program, until the next start:"
    advice "${sudo}sysctl -w kernel.apparmor_restrict_unprivileged_userns=0"
  elif [ "$(setting kernel/unprivileged_userns_clone)" = 0 ]; then
    advice "${sudo}sysctl -w kernel.unprivileged_userns_clone=1"
  elif [ "$(setting user/max_user_namespaces)" = 0 ]; then
    advice "${sudo}sysctl -w user.max_user_namespaces=15000"
  else
    advice "in a container: start it with --privileged"
  fi
  [ "$who" = root ] || advice "or grade as root: ${sudo}./course grade ..."
fi

folder=$root
free=$(df -Pk "$folder" | awk 'NR == 2 { printf "%d", $4 / 1048576 }')
fact disk "$free GB free for build/"
[ "$free" -ge 2 ] || advice "2 GB are needed"

# What datasets/fetch.sh has fetched, by the names and sizes of the manifest; it verifies the contents itself.
cache=${NAND2MNIST_DATA:-${XDG_CACHE_HOME:-${HOME:-}/.cache}/nand2mnist}/mnist
files=$(sed -n 's/.*"name": "\([^"]*\)", "bytes": \([0-9]*\),.*/\1 \2/p' "$root/datasets/manifest.json" 2>/dev/null ||
  true)
here=0
count=0
while read -r name bytes; do
  [ -n "$name" ] || continue
  count=$((count + 1))
  if [ -f "$cache/$name" ] && [ "$(wc -c <"$cache/$name")" -eq "$bytes" ]; then
    here=$((here + 1))
  fi
done <<EOF
$files
EOF
if [ "$count" -gt 0 ] && [ "$here" = "$count" ]; then
  fact data "MNIST is in $cache"
else
  fact data "MNIST is not here yet ($here of $count files); ./course data mnist"
fi

terminal="not a terminal: plain lines, no colour"
if [ -t 1 ]; then
  columns=$(stty size 2>/dev/null </dev/tty | cut -d ' ' -f 2 || true)
  terminal="${columns:-?} columns, TERM=${TERM:-}, $([ -n "$green" ] && echo colour || echo 'no colour')"
fi
encoding=$(locale charmap 2>/dev/null || echo unknown)
fact terminal "$terminal, $encoding"

[ -z "$lacking_required" ] || exit 3
