#!/bin/sh
# Tests of ./course, install.sh and doctor.sh on staged machines: a PATH of fakes, a made-up root, a clone in a path
# with spaces. Nothing is installed, no network is used. Prints 'N passed, N failed'; exit code 0 only if some passed
# and none failed.
#   sh tools/bootstrap/tests/bootstrap_test.sh [WORD]      only the cases whose name contains WORD
set -u
repo=$(CDPATH='' cd -- "$(dirname -- "$0")/../../.." && pwd -P)
export FAKES="$repo/tools/bootstrap/tests/fakes"
only=${1:-}
passed=0
failed=0
work=$(mktemp -d)
export TMPDIR="$work/tmp"
mkdir "$TMPDIR"
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
unset CI SUDO_USER http_proxy CPATH CPLUS_INCLUDE_PATH CMAKE_PREFIX_PATH CONDA_PREFIX \
  NAND2MNIST_NO_INSTALL NAND2MNIST_DATA XDG_CACHE_HOME

# A machine with a shell and the usual small tools, Debian 12, root, apt with lists, and a clone; nothing of the course.
machine() {
  rm -rf "$work/m"
  FAKE=$work/m/fake
  NAND2MNIST_SYSROOT=$work/m/root
  clone="$work/m/a path with spaces/nand2mnist"
  LIST=$clone/tools/bootstrap/packages.tsv
  FAKE_UID=0
  HOME=$work/m/home
  export FAKE NAND2MNIST_SYSROOT LIST FAKE_UID HOME
  mkdir -p "$FAKE/bin" "$FAKE/base" "$NAND2MNIST_SYSROOT/etc/apt/sources.list.d" "$clone/tools" "$HOME"
  cp "$repo/course" "$clone/"
  cp -R "$repo/tools/bootstrap" "$clone/tools/"
  for tool in sh env cat sed awk grep mkdir rmdir rm mv ln ls cp cut tr tee head tail sort find cksum \
    dirname readlink sleep chmod mktemp wc df \
    uname getconf locale stty flock; do
    path=$(command -v "$tool") && ln -s "$path" "$FAKE/base/$tool"
  done
  cp "$FAKES/apt-get" "$FAKES/id" "$FAKE/bin/"
  cp "$FAKES/bring" "$FAKE/"
  : >"$FAKE/lists"
  : >"$FAKE/apt.log"
  : >"$FAKE/cmake.log"
  : >"$FAKE/ninja.log"
  printf 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\nVERSION_CODENAME=bookworm\n' \
    >"$NAND2MNIST_SYSROOT/etc/os-release"
  # The main archive is the second paragraph that says something; it has options to be kept, and a comment not to be.
  cat >"$NAND2MNIST_SYSROOT/etc/apt/sources.list.d/debian.sources" <<EOF
# A paragraph of comments does not count.

Types: deb
URIs: http://other.invalid/security
Suites: bookworm-security
Components: main

Types: deb deb-src
# http://snapshot.invalid
URIs: http://archive.invalid/debian
Suites: bookworm
 bookworm-updates
Components: main contrib
Signed-By: /usr/share/keyrings/archive.gpg
EOF
  echo "$NAND2MNIST_SYSROOT/etc/apt/sources.list.d/debian.sources:2|bookworm|bookworm|main|Debian" >"$FAKE/sources"
}

have_all() {
  PATH=$FAKE/base:$PATH
  sed '/^#/d' "$LIST" | sed 1d | awk -F '\t' '$2 == "required" || $2 == "recommended" { print $6 }' | sed 's/|.*//' |
    while read -r package; do
    "$FAKE/bring" "$package"
  done
}

# run NAME... : ./course on the staged machine, without input; $out, $err, $status.
run() {
  out=$(cd "${from:-$clone}" && PATH="$FAKE/bin:$FAKE/base" "${program:-$clone/course}" "$@" 2>"$work/err" </dev/null)
  status=$?
  err=$(cat "$work/err")
}

# type_in INPUT NAME... : the same at a terminal where somebody types; $out has all that appears on it.
type_in() {
  input=$1
  shift
  out=$(printf '%s\n' "$input" | PATH="$FAKE/bin:$FAKE/base" SHELL=/bin/sh TERM=xterm "$script" \
    -qec "'$clone/course' $*" /dev/null | tr -d '\r')
  status=$?
}
has_script() { script=$(command -v script) || { echo "      (no script here)" && false; }; }

# check WHAT COMMAND...
check() {
  what=$1
  shift
  if ! "$@"; then
    echo "      expected: $what"
    wrong=1
  fi
}
exits() { check "exit code $1, found $status" [ "$status" = "$1" ]; }
says() { check "stderr with '$1'" contains "$err" "$1"; }
prints() { check "stdout with '$1'" contains "$out" "$1"; }
contains() { case $1 in *"$2"*) true ;; *) false ;; esac; }
lacks() { ! contains "$1" "$2"; }
apt_asked() { check "apt-get asked '$1'" grep -qF -e "$1" "$FAKE/apt.log"; }
apt_never() { check "apt-get never asked '$1'" not grep -qF -e "$1" "$FAKE/apt.log"; }
not() { ! "$@"; }
lines_in() { wc -l <"$1" | tr -d ' '; }

installs_nothing_when_all_is_here() {
  machine && have_all
  run 'two words' '*'
  exits 0
  prints "$clone|$clone|two words|*|"
  apt_never install
}

passes_the_exit_code_on() {
  machine && have_all
  FAKE_EXIT=7
  export FAKE_EXIT
  run
  unset FAKE_EXIT
  exits 7
}

second_run_checks_and_configures_nothing() {
  machine && have_all
  run
  : >"$FAKE/bin/catch-me"
  run
  exits 0
  check "cmake run once, found $(lines_in "$FAKE/cmake.log")" [ "$(lines_in "$FAKE/cmake.log")" = 1 ]
  check "no words on the second run, found '$err'" [ -z "$err" ]
}

a_tool_that_vanished_is_noticed() {
  machine && have_all
  run
  rm "$FAKE/bin/gnuplot"
  run
  exits 0
  says gnuplot
  apt_asked 'install --no-install-recommends gnuplot-nox'
}

a_moved_clone_is_configured_anew() {
  machine && have_all
  run
  mv "$clone" "$clone moved"
  clone="$clone moved"
  LIST=$clone/tools/bootstrap/packages.tsv
  run
  exits 0
  prints "$clone|"
  check "cmake run twice" [ "$(lines_in "$FAKE/cmake.log")" = 2 ]
}

an_upgraded_system_is_checked_anew() {
  machine && have_all
  run
  echo 'VERSION="12.99"' >>"$NAND2MNIST_SYSROOT/etc/os-release"
  run
  check "cmake run twice" [ "$(lines_in "$FAKE/cmake.log")" = 2 ]
}

works_through_a_symlink_and_from_anywhere() {
  machine && have_all
  ln -s "a path with spaces/nand2mnist/course" "$work/m/first link"
  ln -s "first link" "$work/m/second link"
  program="$work/m/second link" from=$HOME
  run x
  program='' from=''
  exits 0
  prints "$clone|$HOME|x|"
}

root_installs_one_missing_package() {
  machine && have_all && rm "$FAKE/bin/ninja"
  run
  exits 0
  says 'builds only what changed'
  says '(1 package, 5 MB to download)'
  says 'installed: ninja'
  apt_asked 'install --no-install-recommends ninja-build'
  apt_never update
}

root_installs_everything_on_a_clean_machine() {
  machine && rm "$FAKE/lists"
  run
  exits 0
  apt_asked update
  apt_asked libarmadillo-dev
  apt_asked '-t bookworm-backports libcatch2-dev'
  apt_never shellcheck
}

sudo_installs_without_root() {
  machine && have_all && rm "$FAKE/bin/curl" && cp "$FAKES/sudo" "$FAKE/bin/"
  FAKE_UID=1000
  run
  exits 0
  apt_asked 'install --no-install-recommends curl'
}

without_root_and_sudo_the_line_is_printed() {
  machine && have_all && rm "$FAKE/bin/curl" "$FAKE/bin/gnuplot"
  FAKE_UID=1000
  run
  exits 3
  says 'there is no sudo'
  says '  apt-get install --no-install-recommends gnuplot-nox curl'
  apt_never '-q -y'
}

sudo_that_asks_for_a_password_gets_no_terminal() {
  machine && have_all && rm "$FAKE/bin/curl" && cp "$FAKES/sudo" "$FAKE/bin/" && : >"$FAKE/sudo-asks"
  FAKE_UID=1000
  run
  exits 3
  says 'sudo wants a password'
  says '  sudo apt-get install --no-install-recommends curl'
}

without_root_the_lines_for_backports_are_exact() {
  machine && have_all && rm -r "$NAND2MNIST_SYSROOT/usr/include/catch2"
  FAKE_UID=1000
  run
  exits 3
  says "'URIs: http://archive.invalid/debian' \\"
  says "| tee $NAND2MNIST_SYSROOT/etc/apt/sources.list.d/nand2mnist-backports.sources"
  says 'install --no-install-recommends -t bookworm-backports'
  says '    libcatch2-dev'
}

without_root_and_lists_the_line_is_the_course_itself() {
  machine && rm "$FAKE/lists"
  FAKE_UID=1000
  run
  exits 3
  says '  apt-get update'
  says "  '$clone/course' install"
}

backports_are_added_in_the_style_of_apt_s_configuration() {
  machine && have_all && rm -r "$NAND2MNIST_SYSROOT/usr/include/catch2"
  run
  exits 0
  says 'adding '
  expected='Types: deb
URIs: http://archive.invalid/debian
Suites: bookworm-backports
Components: main
Signed-By: /usr/share/keyrings/archive.gpg'
  found=$(cat "$NAND2MNIST_SYSROOT/etc/apt/sources.list.d/nand2mnist-backports.sources")
  check "the paragraph with another suite, found: $found" [ "$found" = "$expected" ]
  apt_asked 'update -o Dir::Etc::SourceList='
}

backports_are_added_in_one_line_style() {
  machine && have_all && rm -r "$NAND2MNIST_SYSROOT/usr/include/catch2"
  sources=$NAND2MNIST_SYSROOT/etc/apt/sources.list
  printf '# comment\ndeb [ signed-by=/k.gpg arch=amd64 ]  http://archive.invalid/debian bookworm main contrib\n' \
    >"$sources"
  echo "$sources:2|bookworm|bookworm|main|Debian" >"$FAKE/sources"
  run
  exits 0
  found=$(cat "$NAND2MNIST_SYSROOT/etc/apt/sources.list.d/nand2mnist-backports.list")
  expected='deb [ signed-by=/k.gpg arch=amd64 ]  http://archive.invalid/debian bookworm-backports main'
  check "'$expected', found '$found'" [ "$found" = "$expected" ]
}

configured_backports_are_used_as_they_are() {
  machine && have_all && rm -r "$NAND2MNIST_SYSROOT/usr/include/catch2" && : >"$FAKE/backports"
  run
  exits 0
  apt_asked '-t bookworm-backports libcatch2-dev'
  check "no source added" [ ! -e "$NAND2MNIST_SYSROOT/etc/apt/sources.list.d/nand2mnist-backports.sources" ]
}

a_newer_release_needs_no_backports() {
  machine && have_all && rm -r "$NAND2MNIST_SYSROOT/usr/include/catch2" && : >"$FAKE/newer-release"
  run
  exits 0
  apt_asked 'install --no-install-recommends libcatch2-dev'
  apt_never '-q -y -o DPkg::Lock::Timeout=300 -o Acquire::Retries=2 -o Dpkg::Options::=--force-confold install --no-install-recommends -t'
}

a_backports_source_that_brings_nothing_is_removed() {
  machine && have_all && rm -r "$NAND2MNIST_SYSROOT/usr/include/catch2" && : >"$FAKE/no-backports"
  run
  exits 3
  says 'is removed again'
  check "the source removed" [ ! -e "$NAND2MNIST_SYSROOT/etc/apt/sources.list.d/nand2mnist-backports.sources" ]
}

an_old_catch2_does_not_count() {
  machine && have_all
  printf '#define CATCH_VERSION_MAJOR 2\n#define CATCH_VERSION_MINOR 13\n' \
    >"$NAND2MNIST_SYSROOT/usr/include/catch2/catch_version_macros.hpp"
  run doctor
  exits 3
  prints 'too old  catch2'
  prints 'expected 3 or newer'
}

no_network_is_named() {
  machine && have_all && rm "$FAKE/bin/curl" && : >"$FAKE/offline"
  run
  exits 3
  says 'no network'
  says 'Temporary failure resolving'
  says 'install --no-install-recommends curl'
}

no_network_on_a_clean_machine_is_named() {
  machine && rm "$FAKE/lists" && : >"$FAKE/offline"
  run
  exits 3
  says 'no network'
  says "'$clone/course' install"
}

an_interrupted_dpkg_is_named() {
  machine && have_all && rm "$FAKE/bin/curl" && : >"$FAKE/broken"
  run
  exits 3
  says 'Run: dpkg --configure -a'
}

without_apt_other_systems_are_named() {
  machine && have_all && rm "$FAKE/bin/apt-get" "$FAKE/bin/gnuplot" && rm -r "$NAND2MNIST_SYSROOT/usr/include/catch2"
  run
  exits 3
  says 'sudo dnf install catch-devel gnuplot-minimal'
  says 'sudo pacman -S --needed catch2 gnuplot'
  says 'vcpkg install catch2'
  says 'vcpkg install catch2'
}

fedora_is_recognised() {
  machine && have_all && rm "$FAKE/bin/apt-get" "$FAKE/bin/gnuplot"
  printf '#!/bin/sh\n' >"$FAKE/bin/dnf" && chmod +x "$FAKE/bin/dnf"
  run
  exits 3
  says 'sudo dnf install gnuplot-minimal'
  check "nothing about pacman" lacks "$err" pacman
}

no_install_lets_cmake_decide() {
  machine && have_all && rm "$FAKE/bin/gnuplot" "$FAKE/bin/apt-get"
  NAND2MNIST_NO_INSTALL=1
  export NAND2MNIST_NO_INSTALL
  run hello
  unset NAND2MNIST_NO_INSTALL
  exits 0
  prints '|hello|'
}

a_person_is_asked_and_may_decline() {
  has_script || return
  machine && have_all && rm "$FAKE/bin/curl"
  type_in n
  prints 'install them with apt-get now? [Y/n]'
  prints 'nothing was installed'
  prints '  apt-get install --no-install-recommends curl'
  apt_never '-q -y'
  type_in y hello
  prints '|hello|'
}

nobody_is_asked_in_ci() {
  has_script || return
  machine && have_all && rm "$FAKE/bin/curl"
  CI=true
  export CI
  type_in '' hello
  unset CI
  prints '|hello|'
  check "no question" lacks "$out" '[Y/n]'
}

the_doctor_has_colour_on_a_terminal_only() {
  has_script || return
  machine && have_all
  type_in '' doctor
  check "colour" contains "$out" "$(printf '\033[32m')"
  NO_COLOR=1
  export NO_COLOR
  type_in '' doctor
  unset NO_COLOR
  check "no colour" lacks "$out" "$(printf '\033')"
}

root_leaves_nothing_in_another_user_s_clone() {
  [ "$(id -u)" = 0 ] || { echo "      (only root can try)" && return; }
  machine && have_all && rm "$FAKE/bin/curl"
  chown 12345 "$clone"
  run install
  exits 0
  check "no build/" [ ! -e "$clone/build" ]
}

a_changed_source_is_built_and_nothing_else() {
  machine && have_all
  run
  run
  check "ninja asked once, found $(lines_in "$FAKE/ninja.log")" [ "$(lines_in "$FAKE/ninja.log")" = 1 ]
  : >"$clone/tools/new file.cpp"
  run
  run
  check "ninja asked twice, found $(lines_in "$FAKE/ninja.log")" [ "$(lines_in "$FAKE/ninja.log")" = 2 ]
}

a_failed_build_is_not_taken_for_done() {
  machine && have_all
  run
  : >"$FAKE/full"
  : >"$clone/tools/new file.cpp"
  run
  exits 3
  rm "$FAKE/full"
  run
  exits 0
  check "ninja asked three times" [ "$(lines_in "$FAKE/ninja.log")" = 3 ]
}

install_takes_names() {
  machine && have_all
  run install npm
  exits 0
  apt_asked 'install --no-install-recommends npm'
  check "nothing built" [ ! -s "$FAKE/cmake.log" ]
  run install npm
  exits 0
  says 'everything asked for is here'
  run install mnist
  exits 2
  says "nothing is called 'mnist'"
}

install_takes_the_grader_s_needs_by_one_name() {
  machine && have_all
  run install grader
  exits 0
  for package in bubblewrap libseccomp-dev libarchive-dev libssl-dev clang; do apt_asked "$package"; done
  apt_never chromium
  run install grader
  exits 0
  says 'everything asked for is here'
  run install similarity
  exits 0
  apt_asked similarity-tester
}

play_gets_its_server_with_its_first_use() {
  machine && have_all
  mkdir -p "$clone/tools/play"
  run
  apt_never libcpp-httplib-dev
  run play
  exits 0
  apt_asked libcpp-httplib-dev
  check "ninja asked for play" grep -q ' play' "$FAKE/ninja.log"
  check "cmake run twice, found $(lines_in "$FAKE/cmake.log")" [ "$(lines_in "$FAKE/cmake.log")" = 2 ]
  run play
  check "cmake not run again, found $(lines_in "$FAKE/cmake.log")" [ "$(lines_in "$FAKE/cmake.log")" = 2 ]
  echo 'NN_HTTPLIB:FILEPATH=NN_HTTPLIB-NOTFOUND' >"$clone/build/tools/CMakeCache.txt" # installed after it was built
  run play
  check "cmake run a third time, found $(lines_in "$FAKE/cmake.log")" [ "$(lines_in "$FAKE/cmake.log")" = 3 ]
}

what_is_recommended_holds_nobody_up() {
  machine && have_all && rm "$FAKE/bin/mold"
  FAKE_UID=1000
  run
  exits 0
  run install mold
  exits 3
  run doctor
  exits 0
  prints 'absent   mold'
}

install_only_builds_nothing() {
  machine
  run --install-only
  exits 0
  apt_asked libarmadillo-dev
  check "nothing built" [ ! -s "$FAKE/cmake.log" ]
}

doctor_works_on_a_clean_machine_and_changes_nothing() {
  machine && rm "$FAKE/lists"
  before=$(find "$work/m" -not -path "$FAKE*" | sort)
  run doctor
  exits 3
  prints 'missing  g++'
  prints './course install'
  check "no file made" [ "$before" = "$(find "$work/m" -not -path "$FAKE*" | sort)" ]
  apt_never '-q -y'
}

doctor_is_content_when_all_is_here() {
  machine && have_all
  # shellcheck disable=SC2016
  printf '#!/bin/sh\n[ "$1" = --version ] && echo g++ 12.2.0 || echo mpicxx: Open MPI 4.1.4\n' >"$FAKE/bin/mpicxx"
  chmod +x "$FAKE/bin/mpicxx"
  run doctor
  exits 0
  prints 'ok       cmake          3.25.1'
  prints 'ok       mpi            4.1.4'
  prints 'absent   shellcheck'
  prints 'MNIST is not here'
  check "80 columns" [ -z "$(printf '%s\n' "$out" | awk 'length > 80' | grep -v "$work")" ]
  check "no colour" lacks "$out" "$(printf '\033')"
}

doctor_names_the_packages_of_every_system() {
  machine && have_all
  for system in debian fedora arch vcpkg; do
    run doctor --system "$system"
    exits 0
    prints "all that is required, on $system"
  done
  run doctor --system plan9
  exits 2
}

doctor_names_a_reference_blas() {
  machine && have_all
  printf '#!/bin/sh\necho "libblas.so.3-x86_64-linux-gnu manual /usr/lib/blas/libblas.so.3"\n' \
    >"$FAKE/bin/update-alternatives"
  chmod +x "$FAKE/bin/update-alternatives"
  run doctor
  prints 'not OpenBLAS'
  prints 'update-alternatives --auto libblas.so.3-x86_64-linux-gnu'
}

doctor_says_what_the_sandbox_may_do() {
  machine && have_all
  run doctor
  prints 'no bwrap: only ./course grade needs it'
  printf '#!/bin/sh\nexit 0\n' >"$FAKE/bin/bwrap" && chmod +x "$FAKE/bin/bwrap"
  run doctor
  prints 'bubblewrap works for'
  printf '#!/bin/sh\nexit 1\n' >"$FAKE/bin/bwrap"
  mkdir -p "$NAND2MNIST_SYSROOT/sys/kernel/security"
  echo capability,yama >"$NAND2MNIST_SYSROOT/sys/kernel/security/lsm"
  run doctor
  exits 0
  prints 'neither bubblewrap nor Landlock (Linux 6.2) works for'
  prints 'start it with --privileged'
  echo capability,landlock,yama >"$NAND2MNIST_SYSROOT/sys/kernel/security/lsm"
  mkdir -p "$NAND2MNIST_SYSROOT/proc/sys/kernel"
  echo 6.1.0-18-amd64 >"$NAND2MNIST_SYSROOT/proc/sys/kernel/osrelease"
  run doctor
  prints 'neither bubblewrap nor Landlock'
  echo 6.8.0-31-generic >"$NAND2MNIST_SYSROOT/proc/sys/kernel/osrelease"
  run doctor
  prints 'bubblewrap does not work for'
  prints './course grade uses Landlock, which is weaker'
  mkdir -p "$NAND2MNIST_SYSROOT/proc/sys/kernel"
  echo 1 >"$NAND2MNIST_SYSROOT/proc/sys/kernel/apparmor_restrict_unprivileged_userns"
  run doctor
  prints "'profile bwrap $FAKE/bin/bwrap flags=(unconfined) {'"
  prints 'sysctl -w kernel.apparmor_restrict_unprivileged_userns=0'
  check "advice for containers is not given" lacks "$out" 'start it with --privileged'
  rm "$NAND2MNIST_SYSROOT/proc/sys/kernel/apparmor_restrict_unprivileged_userns"
  echo 0 >"$NAND2MNIST_SYSROOT/proc/sys/kernel/unprivileged_userns_clone"
  run doctor
  prints 'sysctl -w kernel.unprivileged_userns_clone=1'
}

a_failed_configuration_says_the_first_error() {
  machine && have_all && : >"$FAKE/cmake-fails"
  run
  exits 3
  says 'CMake Error at CMakeLists.txt:3'
  says 'bootstrap.log'
  rm "$FAKE/cmake-fails"
  run again
  exits 0
  prints '|again|'
}

a_full_disk_is_named() {
  machine && have_all && : >"$FAKE/full"
  run
  exits 3
  says 'the disk is full'
}

two_at_once() {
  PATH="$FAKE/bin:$FAKE/base" "$clone/course" one >"$work/one" 2>&1 </dev/null &
  run two
  wait $!
  exits 0
  check "both reach the program" contains "$(cat "$work/one")" '|one|'
  check "never two builds at a time" [ ! -e "$FAKE/overlap" ]
  check "configured once" [ "$(lines_in "$FAKE/cmake.log")" = 1 ]
}

two_at_once_build_one_after_the_other() {
  machine && have_all
  FAKE_BUILD_SECONDS=1
  export FAKE_BUILD_SECONDS
  two_at_once
  unset FAKE_BUILD_SECONDS
}

two_at_once_without_flock() {
  machine && have_all && rm "$FAKE/base/flock"
  FAKE_BUILD_SECONDS=1
  export FAKE_BUILD_SECONDS
  two_at_once
  unset FAKE_BUILD_SECONDS
  check "the lock taken away" [ ! -e "$clone/build/.lock.d" ]
}

a_lock_whose_owner_is_gone_holds_nobody_up() {
  machine && have_all && rm "$FAKE/base/flock"
  sh -c 'exit 0' &
  gone=$!
  wait "$gone"
  mkdir -p "$clone/build/.lock.d" && echo "$gone" >"$clone/build/.lock.d/owner"
  run hello
  exits 0
  prints '|hello|'
}

an_interrupted_build_is_taken_up_again() {
  setsid=$(command -v setsid) || { echo "      (no setsid here)" && return; }
  machine && have_all
  FAKE_BUILD_SECONDS=30
  export FAKE_BUILD_SECONDS
  PATH="$FAKE/bin:$FAKE/base" "$setsid" "$clone/course" one >/dev/null 2>&1 </dev/null &
  first=$!
  tries=0
  while [ ! -s "$FAKE/ninja.log" ] && [ "$tries" -lt 50 ]; do
    sleep 0.1
    tries=$((tries + 1))
  done
  check "the first run can be interrupted" kill -TERM "-$first"
  wait "$first" 2>/dev/null
  check "its end by the signal, found $?" [ $? = 143 ]
  unset FAKE_BUILD_SECONDS
  rm -rf "$clone/build/tools/busy" "$clone/build/tools/bin/course"
  run two
  exits 0
  prints '|two|'
}

a_build_folder_of_another_user_is_named() {
  machine && have_all
  : >"$clone/build"
  run
  exits 3
  says "cannot write into $clone/build"
}

the_list_is_well_formed() {
  list=$repo/tools/bootstrap/packages.tsv
  bad=$(sed '/^#/d' "$list" | awk -F '\t' 'NF != 9 { print NR ": " NF " columns"; next }
    NR == 1 { next }
    { for (i = 1; i <= 9; i++)
        if ($i == "" || $i ~ /^ | $/) print $1 ": column " i " is empty or padded; - means none" }
    seen[$1]++ { print $1 ": twice" }
    $2 != "required" && $2 != "recommended" && $2 != "optional" && $2 != "grader" { print $1 ": level " $2 }
    $4 !~ /^(command|header|file|python):./ { print $1 ": probe " $4 }
    length($1) > 13 || length($5) > 44 { print $1 ": too long for 80 columns" }')
  check "nothing wrong, found: $bad" [ -z "$bad" ]
  check "rows in it" [ "$(sed '/^#/d' "$list" | wc -l)" -gt 10 ]
}

the_scripts_pass_shellcheck() {
  command -v shellcheck >/dev/null || { echo "      (no shellcheck here)" && return; }
  check "no findings" shellcheck -x "$repo/course" "$repo"/tools/bootstrap/*.sh "$repo"/tools/bootstrap/tests/*.sh \
    "$FAKES"/* "$repo/.ci/run"
}

host=$PATH
sed -n 's/^\([a-z_0-9]*\)() {$/\1/p' "$0" >"$work/cases"
while read -r case <&3; do
  case $case in
    machine | have_all | run | type_in | check | two_at_once) continue ;;
    *"$only"*) ;;
    *) continue ;;
  esac
  wrong=
  status='' out='' err='' program='' from=''
  PATH=$host
  "$case" >"$work/report" 2>&1
  PATH=$host
  if [ -z "$wrong" ]; then
    passed=$((passed + 1))
    echo "ok    $case"
  else
    failed=$((failed + 1))
    echo "FAIL  $case"
    cat "$work/report"
    printf '%s\n' "$out" "$err" | sed '/^$/d; s/^/        | /'
  fi
done 3<"$work/cases"

echo "$passed passed, $failed failed"
if [ $((passed + failed)) = 0 ]; then
  echo "no test is called '*$only*': nothing was tested"
  exit 1
fi
[ "$failed" = 0 ]
