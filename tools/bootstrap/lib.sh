# What ./course, install.sh and doctor.sh share. Sourced; expects $root, the repository.
# shellcheck shell=sh disable=SC2034,SC2154
#
# NAND2MNIST_SYSROOT stands before every absolute path that is looked at, so that the tests can stage a machine.

sys=${NAND2MNIST_SYSROOT:-}
list=$root/tools/bootstrap/packages.tsv
tab=$(printf '\t')
newline='
'

say() { printf 'course: %s\n' "$*" >&2; }

fail() {
  say "$*"
  exit 3
}

# Nobody is asked anything in CI, in a pipe, or in the background.
interactive() { [ "${CI:-}" != true ] && [ -t 0 ] && [ -t 2 ]; }

# One build at a time. The kernel drops flock's lock with the process that held it, whatever ends it. Where there is no
# flock, a folder that names its owner is the lock; one whose owner is gone is moved away, by one process only since mv
# is atomic.
lock() {
  if command -v flock >/dev/null; then
    exec 9>"$1/.lock"
    if ! flock -n 9; then
      say "another ./course is at work in this folder; waiting for it"
      flock 9
    fi
    return
  fi
  exec 9>/dev/null
  locked=$1/.lock.d
  told=
  until mkdir "$locked" 2>/dev/null; do
    owner=$(cat "$locked/owner" 2>/dev/null || true)
    if [ -n "$owner" ] && ! kill -0 "$owner" 2>/dev/null; then
      mv "$locked" "$locked.$$" 2>/dev/null && rm -rf "$locked.$$"
      continue
    fi
    [ -n "$told" ] || say "another ./course is at work in this folder; waiting for it (if none is: rm -r '$locked')"
    told=1
    sleep 1
  done
  trap 'rm -rf "$locked"' EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
  echo "$$" >"$locked/owner"
}

unlock() {
  exec 9>&-
  [ -z "${locked:-}" ] || rm -rf "$locked"
}

# debian, fedora, arch, or unknown: whose names packages have here.
this_system() {
  if command -v apt-get >/dev/null; then
    echo debian
  elif command -v dnf >/dev/null; then
    echo fedora
  elif command -v pacman >/dev/null; then
    echo arch
  else
    echo unknown
  fi
}

# os_release ID: the value of a line of os-release, or nothing.
os_release() {
  [ ! -r "$sys/etc/os-release" ] || sed -n "s/^$1=//p" "$sys/etc/os-release" | sed 's/^"\(.*\)"$/\1/'
}

# owner_of PATH: the number of the user who owns it; stat has no options in common between systems.
# shellcheck disable=SC2012
owner_of() { ls -dn "$1" | awk '{ print $3 }'; }

# version_at_least 3.25.1 3.25: compares the numbers between the dots; an epoch (1:) and a Debian suffix do not count.
version_at_least() {
  awk -v have="$1" -v need="$2" 'BEGIN {
    sub(/^[0-9]+:/, "", have)
    split(have, h, /[^0-9]+/); n = split(need, w, /[^0-9]+/)
    for (i = 1; i <= n; i++) {
      if (h[i] + 0 > w[i] + 0) exit 0
      if (h[i] + 0 < w[i] + 0) exit 1
    }
    exit 0
  }'
}

include_dirs() {
  set -- "$sys/usr/include" "$sys"/usr/include/*-linux-gnu* "$sys/usr/local/include"
  printf '%s\n' "$@"
  printf '%s\n' "${CPATH:-}:${CPLUS_INCLUDE_PATH:-}" | tr ':' '\n' | sed '/^$/d'
  printf '%s\n' "${CMAKE_PREFIX_PATH:-}:${CONDA_PREFIX:-}" | tr ':' '\n' | sed '/^$/d; s|$|/include|'
}

# look_for PROBE sets $found to the path that answers the probe, or to nothing.
look_for() {
  found=
  kind=${1%%:*}
  old_ifs=$IFS
  IFS='|'
  # shellcheck disable=SC2086
  set -f -- ${1#*:}
  set +f
  IFS=$old_ifs
  for candidate; do
    case $kind in
      command) found=$(command -v "$candidate" || true) ;;
      file) [ ! -e "$sys$candidate" ] || found=$sys$candidate ;;
      header)
        [ -n "${headers_in:-}" ] || headers_in=$(include_dirs)
        IFS=$newline
        for folder in $headers_in; do
          [ ! -f "$folder/$candidate" ] || { found=$folder/$candidate && break; }
        done
        IFS=$old_ifs
        ;;
      python)
        python=$sys/usr/bin/python3
        found=$("$python" -c "import $candidate; print($candidate.__file__)" 2>/dev/null || true)
        ;;
      *) fail "$list: probe '$1' is none of command:, header:, file:, python:" ;;
    esac
    [ -z "$found" ] || return 0
  done
}

# version_of KIND PATH: what a program says after --version, or a header in its macros; nothing if neither tells.
# mpicxx hands --version on to the compiler.
version_of() {
  case $1 in
    command)
      case $2 in
        */mpicxx) "$2" --showme:version ;;
        *) "$2" --version ;;
      esac </dev/null 2>/dev/null |
        awk 'NR <= 3 && match($0, /[0-9]+(\.[0-9]+)+/) { print substr($0, RSTART, RLENGTH); exit }' ;;
    header)
      awk '
        { sub(/^[ \t]*#[ \t]*define[ \t]+/, "#") }
        /^#FMT_VERSION[ \t]/ { print int($2 / 10000) "." int($2 / 100) % 100 "." $2 % 100; done = 1; exit }
        /^#[A-Z0-9_]+_VER(SION)?[ \t]+"/ && match($0, /[0-9]+(\.[0-9]+)+/) {
          print substr($0, RSTART, RLENGTH); done = 1; exit
        }
        /^#[A-Z0-9_]+_VER(SION)?_MAJOR[ \t]+[0-9]/ { major = $2 }
        /^#[A-Z0-9_]+_VER(SION)?_MINOR[ \t]+[0-9]/ { minor = $2 }
        /^#[A-Z0-9_]+_VER(SION)?_(PATCH|REVISION|MICRO)[ \t]+[0-9]/ {
          if (major != "") { print major "." minor "." $2; done = 1; exit }
        }
        END { if (!done && major != "") print major "." minor }' "$2"
      ;;
  esac
}

# probe AT_LEAST PROBE [versions] sets $state to ok, old or missing, $found, and $version where it is needed or asked
# for.
probe() {
  version=
  look_for "$2"
  if [ -z "$found" ]; then
    state=missing
    return
  fi
  state=ok
  if [ "$1" != - ] || [ -n "${3:-}" ]; then
    version=$(version_of "${2%%:*}" "$found" || true)
  fi
  [ "$1" = - ] || [ -z "$version" ] || version_at_least "$version" "$1" || state=old
}

# rows: the list without its comments and its heading.
rows() { sed '/^#/d' "$list" | sed 1d; }

# wrap INDENT: words from the input into lines of at most 78 columns that a shell reads as one.
wrap() {
  awk -v indent="$1" '
    { for (i = 1; i <= NF; i++) {
        if (line != "" && length(line) + length($i) + 3 > 78) { print line " \\"; line = "" }
        line = line == "" ? indent $i : line " " $i
        if (!more) { more = 1; indent = indent "  " }
      } }
    END { if (line != "") print line }'
}

# other_lines ROWS SYSTEM: what to type where there is no apt. ROWS: name, state, at_least, probe, why, then a column a
# system.
other_lines() {
  case $2 in
    debian) printf '%s' "$1" | line_of 6 'sudo apt-get install --no-install-recommends' ;;
    fedora) printf '%s' "$1" | line_of 7 'sudo dnf install' ;;
    arch) printf '%s' "$1" | line_of 8 'sudo pacman -S --needed' ;;
    vcpkg) printf '%s' "$1" | line_of 9 'vcpkg install' ;;
    *)
      for other in fedora arch vcpkg; do
        echo "  # $other"
        other_lines "$1" "$other"
      done
      echo "  (vcpkg has the libraries only)"
      ;;
  esac
}

line_of() {
  cut -f "$1" | sed 's/|.*//' | awk -v command="$2" '
    $0 != "-" && !seen[$0]++ { names = names " " $0 }
    END { if (names != "") print command names; else print "# nothing of it has a package there" }' | wrap '  '
}

# The first error of a build's log with the lines after it, cut to a screen.
first_error() {
  awk '/(fatal )?error:|CMake Error|undefined reference|No space left|FAILED:|not found/ { on = 1 }
       on && shown < 12 { print substr($0, 1, 160); shown++ }
       END { if (!on) exit 1 }' "$1" || tail -n 12 "$1"
}
