#!/bin/sh
# check.sh [--only TEXT] [NAME...]: does everything here compile with the compilers and libraries of versions.tsv?
# Checks the syntax of each source file once for each compiler that is installed, and for each compiler and library
# version that fetch.sh has put into build/compat/ (or for the rows named); what is not there is skipped and said.
# --only: the files whose path holds that text. Exit codes: 0 all compiles, 1 something does not, 2 usage, 3 nothing was
# checked.
set -u
root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd -P)
list=$root/tools/compat/versions.tsv
compat=${COMPAT_FOLDER:-$root/build/compat}
tab=$(printf '\t')
jobs=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)

say() { printf 'compat: %s\n' "$*" >&2; }

# Every source file with its command, as the presets have them: "file<tab>command", without compiler, output and
# precompiled headers.
commands() {
  for preset in reference grader tools bench; do
    tree=$compat/trees/$preset
    if ! cmake -S "$root" --preset "$preset" -B "$tree" -DCMAKE_DISABLE_PRECOMPILE_HEADERS=ON -DNN_WERROR=OFF \
      -DCMAKE_CXX_COMPILER_LAUNCHER= >"$compat/configure.log" 2>&1; then
      say "the preset $preset cannot be configured here, so its files are skipped: $(grep \
        -m1 -A1 'CMake Error' "$compat/configure.log" | tail -n 1)"
      continue
    fi
    if grep -qF contracts_written "$tree/build.ninja"; then  # what the contracts' program writes is included
      cmake --build "$tree" --target contracts_written >"$compat/configure.log" 2>&1 ||
        say "nn/'s contracts cannot be read in the preset $preset: $compat/configure.log"
    fi
    awk '
      function text(line) {
        sub(/^ *"[a-z]+": "/, "", line); sub(/",?$/, "", line); gsub(/\\"/, "\"", line); gsub(/\\\\/, "\\", line)
        return line
      }
      /^ *"directory": / { directory = text($0) }
      /^ *"command": / {
        command = text($0); sub(/ -o .*/, "", command); sub(/^[^ ]+ ?/, "", command)
        gsub(/-fpch-preprocess|-march=native/, "", command)
      }
      /^ *"file": / {
        file = text($0)
        if (file !~ /\/Unity\/unity_[0-9]+_cxx\.cxx$/) print file "\t" command
        else while ((getline line < file) > 0)  # of a unity build: each that it includes
          if (split(line, part, "\"") == 3 && part[1] == "#include ") print part[2] "\t" command
      }' "$tree/compile_commands.json"
  done | awk -F "$tab" '!seen[$1]++'
}

# What runs a program with that folder as the root of all files, and the repository in its place.
in_system() {
  echo "bwrap --bind '$1' / --dev /dev --proc /proc --tmpfs /tmp --ro-bind '$root' '$root' --chdir '$root'"
}

# check NAME COMPILER PATTERN FLAGS [BEFORE]: each file's syntax; the errors go into NAME.COMPILER.log.
check() {
  name=$1 compiler=$2 pattern=$3 flags=$4 before=${5:-}
  log=$compat/$name.$compiler.log
  script=$compat/$name.$compiler.sh
  : >"$log"
  while IFS=$tab read -r file command; do
    case $file in *"$only"*) ;; *) continue ;; esac
    [ -f "$file" ] || continue  # a stub, which another program writes
    [ "$pattern" = - ] || grep -qF -- "$pattern" "$file" || continue
    printf '%s %s %s %s -Wno-error -fsyntax-only %s' "$before" "$compiler" "$flags" "$command" "'$file'" | tr '\n' ' '
    printf '|| echo "compat: FAILED %s"\n' "${file#"$root/"}"
  done <"$compat/commands" >"$script"
  files=$(wc -l <"$script")
  if [ "$files" = 0 ]; then
    echo "skipped $name, $compiler: no file${only:+ of *$only*} holds '$pattern'"
    return
  fi
  # shellcheck disable=SC2016  # $1 is for the inner shell
  xargs -d '\n' -P "$jobs" -n 1 sh -c 'eval "$1"' sh <"$script" >"$log" 2>&1
  wrong=$(grep -c '^compat: FAILED' "$log")
  warnings=$(grep -c ' warning: ' "$log")
  if [ "$wrong" = 0 ] && ! grep -q 'bwrap:\|not found' "$log"; then
    echo "ok      $name, $compiler: $files files, $warnings warnings"
    checked=$((checked + files))
  else
    echo "FAILED  $name, $compiler: $wrong of $files files; the first error ($log):"
    grep -m1 -A3 'error:\|bwrap:\|not found' "$log" | sed 's/^/          /'
    failed=$((failed + 1))
  fi
}

only=
if [ "${1:-}" = --only ]; then
  [ $# -ge 2 ] || { say "--only: which files?" && exit 2; }
  only=$2
  shift 2
fi
for name; do
  cut -f 1 "$list" | grep -qxF -- "$name" || { say "'$name' is not in $list" && exit 2; }
done
mkdir -p "$compat"
commands >"$compat/commands"
if [ ! -s "$compat/commands" ]; then
  say "nothing was checked: no preset can be configured here"
  exit 3
fi
checked=0 failed=0
while IFS=$tab read -r name kind _ what pattern <&3; do
  case $name in '#'* | name) continue ;; esac
  [ $# = 0 ] || printf '%s\n' "$@" | grep -qxF -- "$name" || continue
  if [ "$kind" = compiler ]; then
    if command -v "$what" >/dev/null; then check "$name" "$what" "$pattern" ""
    else echo "skipped $name: $what is not installed"; fi
    continue
  fi
  if [ ! -d "$compat/$name" ]; then
    echo "skipped $name: it is not in $compat; tools/compat/fetch.sh $name"
    continue
  fi
  case $kind in
    library) check "$name" "${CXX:-g++}" "$pattern" "'-I$compat/$name/include' -DFMT_HEADER_ONLY" ;;
    system)
      if ! command -v bwrap >/dev/null; then
        echo "skipped $name: it needs bwrap (./course install bubblewrap)"
        continue
      fi
      for compiler in $what; do check "$name" "$compiler" "$pattern" "" "$(in_system "$compat/$name")"; done
      ;;
  esac
done 3<"$list"
[ "$failed" = 0 ] || exit 1
if [ "$checked" = 0 ]; then
  say "nothing was checked: build/compat/ holds none of the versions asked for"
  exit 3
fi
