#!/bin/sh
# Tests of check.sh and fetch.sh, on a project of one file that uses one library.
set -u
here=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0 checked=0
project="$work/a project"
mkdir -p "$project/tools/compat"
cp "$here/check.sh" "$here/fetch.sh" "$project/tools/compat/"
printf 'name\tkind\tsource\twhat\tfiles\nfmt-1\tlibrary\thttps://invalid.invalid/fmt\tv1\t<fmt/\n' \
  >"$project/tools/compat/versions.tsv"
cat >"$project/CMakeLists.txt" <<'END'
cmake_minimum_required(VERSION 3.25)
project(one LANGUAGES CXX)
add_executable(one one.cpp)
add_library(together OBJECT two.cpp four.cpp)
set_target_properties(together PROPERTIES UNITY_BUILD ON)
target_compile_definitions(one PRIVATE TEXT="a b")
END
cat >"$project/CMakePresets.json" <<'END'
{"version": 6, "configurePresets": [{"name": "reference", "generator": "Ninja", "cacheVariables": {"CMAKE_EXPORT_COMPILE_COMMANDS": "ON"}}]}
END
printf '#include <fmt/made_up.h>\nint main() { return made_up(TEXT); }\n' >"$project/one.cpp"
printf '#include <fmt/made_up.h>\nint four() { return made_up(""); }\n' >"$project/four.cpp"
printf '#error no file that the library does not concern is compiled\n' >"$project/two.cpp"

# expect CODE TEXT COMMAND...
expect() {
  code=$1 text=$2
  shift 2
  said=$(cd "$work" && "$@" 2>&1)
  found=$?
  checked=$((checked + 1))
  if [ "$found" != "$code" ] || ! printf '%s' "$said" | grep -qF -- "$text"; then
    failed=$((failed + 1))
    printf 'expected code %s and "%s", found code %s and:\n%s\n  from: %s\n' "$code" "$text" "$found" "$said" "$*"
  fi
}
library() {
  mkdir -p "$project/build/compat/fmt-1/include/fmt"
  echo "$1" >"$project/build/compat/fmt-1/include/fmt/made_up.h"
}

check=$project/tools/compat/check.sh
expect 3 'skipped fmt-1: it is not in' sh "$check"
expect 3 'nothing was checked' sh "$check"
expect 2 "'fmt-2' is not in" sh "$check" fmt-2
library 'inline int made_up(const char*) { return 0; }'
expect 0 'ok      fmt-1, g++: 2 files, 0 warnings' env CXX=g++ sh "$check"
expect 0 'the preset grader cannot be configured here' sh "$check" fmt-1
expect 3 "no file of *three* holds '<fmt/'" sh "$check" --only three
library 'inline int made_up(int) { return 0; }'
expect 1 'FAILED  fmt-1, g++: 2 of 2 files' env CXX=g++ sh "$check"
expect 1 'error: invalid conversion' env CXX=g++ sh "$check" --only one.cpp
rm -r "$project/build/compat/fmt-1"
expect 3 'compat: fmt-1: ' sh "$project/tools/compat/fetch.sh"
mkdir -p "$work/mirror/fmt/include/fmt" && touch "$work/mirror/fmt/include/fmt/made_up.h"
(cd "$work/mirror/fmt" && git init -q && git add . &&
  git -c user.name=one -c user.email=one@invalid commit -qm one && git tag v1) >/dev/null 2>&1
expect 0 '1 of them are in' env COMPAT_MIRROR="file://$work/mirror" sh "$project/tools/compat/fetch.sh" fmt-1
expect 1 'FAILED  fmt-1' sh "$check"
mkdir -p "$project/build/compat/fmt-1/include/fmt"
library 'inline int made_up(const char*) { return 0; }'
printf 'here\tcompiler\t-\tnn-no-such-compiler\tint main\n' >>"$project/tools/compat/versions.tsv"
expect 3 'skipped here: nn-no-such-compiler is not installed' sh "$check" here
printf '#!/bin/sh\necho "x: error: no" && exit 1\n' >"$work/nn-no-such-compiler" && chmod +x "$work/nn-no-such-compiler"
expect 1 'FAILED  here, nn-no-such-compiler: 1 of 1 files' env PATH="$work:$PATH" sh "$check" here
expect 3 '0 of them are in' sh "$project/tools/compat/fetch.sh" here
rm "$project/CMakePresets.json"
expect 3 'nothing was checked: no preset can be configured here' sh "$check"

echo "$checked checked, $failed failed"
[ "$failed" = 0 ] && [ "$checked" = 15 ]
