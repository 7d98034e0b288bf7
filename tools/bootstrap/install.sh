#!/bin/sh
# Installs what the course needs and this machine lacks, with apt; elsewhere, or where it may not, prints the lines that
# do.
#   install.sh [--found FILE] [all | grader | NAME...]     NAME: of packages.tsv; without one, everything required
# FILE receives the paths of all that is required. Exit codes: 0 all there, 2 usage, 3 something is missing.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd -P)
# shellcheck source-path=SCRIPTDIR source=lib.sh
. "$root/tools/bootstrap/lib.sh"
# shellcheck source-path=SCRIPTDIR source=apt.sh
. "$root/tools/bootstrap/apt.sh"

found_file=/dev/null
if [ "${1:-}" = --found ]; then
  found_file=$2
  shift 2
fi
asked=$*

for name; do
  if [ "$name" != all ] && [ "$name" != grader ] && ! rows | cut -f 1 | grep -qxF -e "$name"; then
    say "install: nothing is called '$name'; expected all, grader, or some of: $(rows | cut -f 1 | tr '\n' ' ')"
    exit 2
  fi
done

# wanted NAME LEVEL: is this row asked for?
wanted() {
  case " $asked " in
    '  ') [ "$2" = required ] || [ "$2" = recommended ] ;;
    *' all '*) true ;;
    *" $1 "*) true ;;
    *' grader '*) [ "$2" = grader ] ;;
    *) false ;;
  esac
}

# take_stock fills $missing with the rows to install and $found_file with the paths of the others; $needed is empty
# where nothing waits for what is missing.
take_stock() {
  missing=
  needed=
  headers_in=
  : >"$found_file"
  while IFS=$tab read -r name level least how rest; do
    wanted "$name" "$level" || continue
    probe "$least" "$how"
    if [ "$state" = ok ]; then
      echo "$found" >>"$found_file"
    else
      [ "$level" = recommended ] && [ -z "$asked" ] || needed=1
      missing="$missing$name$tab$state$tab$least$tab$how$tab$rest$newline"
    fi
  done <<EOF
$(rows)
EOF
}

# One line a row: name, why.
describe() {
  printf '%s' "$missing" | while IFS=$tab read -r name state least how why _; do
    [ "$state" != old ] || why="$why ($least or newer is needed)"
    printf '  %-14s %s\n' "$name" "$why" >&2
  done
}

take_stock
if [ -z "$missing" ]; then
  [ "$found_file" != /dev/null ] || say "everything asked for is here"
  exit 0
fi

# without: ends well where nothing waits for what could not be installed.
without() { [ -n "$needed" ] || exit 0; }

system=$(this_system)
if [ "$system" != debian ]; then
  without
  say "the course needs, and this machine lacks:"
  describe
  say "./course installs with apt only; here, run:"
  other_lines "$missing" "$system" >&2
  say "is it all here, where this does not look? Then: NAND2MNIST_NO_INSTALL=1 ./course"
  exit 3
fi

if [ "$(id -u)" = 0 ]; then
  sudo=
elif command -v sudo >/dev/null && { interactive || sudo -n true 2>/dev/null; }; then
  sudo=sudo
else
  without
  say "the course needs, and this machine lacks:"
  describe
  if command -v sudo >/dev/null; then
    say "sudo wants a password and there is no terminal to ask on. Run:"
    apt_lines "$missing" "sudo " >&2
  else
    say "only root may install, and there is no sudo. As root, run:"
    apt_lines "$missing" "" >&2
  fi
  exit 3
fi

say "the course needs, and this machine lacks:"
describe
if interactive; then
  printf 'course: install them with %sapt-get now? [Y/n] ' "${sudo:+sudo }" >&2
  read -r answer || answer=n
  case $answer in
    '' | y* | Y*) ;;
    *)
      without
      say "nothing was installed. The lines that do:"
      apt_lines "$missing" "${sudo:+sudo }" >&2
      exit 3
      ;;
  esac
fi

# Root installs for the clone's owner: what root left in build/ would be in the owner's way.
log=$root/build/install.log
if [ "$(owner_of "$root")" != "$(id -u)" ] || ! mkdir -p "$root/build" || ! : >"$log"; then
  log=$(mktemp)
fi 2>/dev/null
before=$missing
install_with_apt "$missing"
take_stock
if [ -n "$missing" ]; then
  without
  say "apt-get reports success, yet this is still not found:"
  describe
  say "packages that lost files are mended by: ${sudo:+sudo }apt-get install --reinstall NAME. All of apt's words: $log"
  exit 3
fi
[ "$log" = "$root/build/install.log" ] || rm -f "$log"
say "installed: $(printf '%s' "$before" | cut -f 1 | tr '\n' ' ')"
