#!/bin/sh
# wasm.sh FOLDER: the page with our solutions as WebAssembly, complete in FOLDER. Compiles only what has changed.
# Needs Emscripten (./course install emscripten). Exit codes: 0 built; 1 it does not compile; 3 Emscripten is missing.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd -P)
# shellcheck source-path=SCRIPTDIR source=../bootstrap/lib.sh
. "$root/tools/bootstrap/lib.sh"
out=$1
work=$root/build/wasm
command -v em++ >/dev/null || fail "the engine in the page needs em++; get it by: ./course install emscripten"

mkdir -p "$work/include" "$out"
for header in /usr/include/armadillo /usr/include/armadillo_bits; do
  ln -sfn "$header" "$work/include/"  # never /usr/include itself: it holds another C library's headers
done
flags="-std=c++20 -fpch-instantiate-templates -O3 -msimd128 -fwasm-exceptions -ffp-contract=off '-I$root' -isystem include -DARMA_WARN_LEVEL=0"
for part in WRAPPER BLAS LAPACK ARPACK SUPERLU NEWARP HDF5 OPENMP; do
  flags="$flags -DARMA_DONT_USE_$part"
done
export NODE_PATH="${NODE_PATH:-/usr/share/nodejs}"  # where Debian keeps what em++ asks Node.js for

set --
for lesson in "$root"/solutions/*/; do  # as one, in which headers are read and templates made once
  name=$(basename "$lesson")
  (cd "$root" && printf '#include "%s"\n' "solutions/$name"/*.cpp) >"$work/new"
  cmp -s "$work/new" "$work/$name.cpp" || mv "$work/new" "$work/$name.cpp"
  set -- "$@" "$work/$name.cpp"
done
[ -f "$work/armadillo.hpp" ] || echo '#include <armadillo>' >"$work/armadillo.hpp"  # compiled once for all
# shellcheck disable=SC2016  # what ninja expands
{
  printf 'flags = %s\n' "$flags"
  printf 'rule header\n  command = em++ $flags -x c++-header $in -o $out\nbuild armadillo.pch: header armadillo.hpp\n'
  printf 'rule compile\n  command = em++ $flags -include-pch armadillo.pch -MMD -MF $out.d -c $in -o $out\n'
  printf '  depfile = $out.d\n  deps = gcc\n'
  printf 'rule link\n  command = em++ -O3 -msimd128 -fwasm-exceptions $in -o $out -sMODULARIZE -sEXPORT_ES6 '
  printf '%s' '-sUSE_ES6_IMPORT_META -sENVIRONMENT=web,worker -sFILESYSTEM=0 -sALLOW_MEMORY_GROWTH -sMALLOC=emmalloc '
  printf '%s\n' '-sEXPORTED_FUNCTIONS=_ask,_head,_numbers,_count,_malloc,_free -sEXPORTED_RUNTIME_METHODS=UTF8ToString'
  objects='' widgets=''
  for source in "$@" "$root"/nn/support/games.cpp "$root"/nn/support/random.cpp \
    "$root"/nn/support/shape.cpp "$root"/nn/support/toys.cpp "$root"/nn/support/weights.cpp \
    "$root"/tools/play/engine.cpp "$root"/tools/play/figures.cpp "$root"/tools/play/pictures.cpp \
    "$root"/tools/play/session.cpp "$root"/tools/play/words.cpp "$root"/tools/play/wasm_main.cpp \
    "$root"/lessons/*/widget.cpp; do
    object=$(printf %s "${source#"$root"/}" | tr ' /' '__').o  # two lessons may have files of one name
    case $object in
      *_widget.cpp.o) widgets="$widgets $object" ;;
      *) objects="$objects $object" ;;
    esac
    printf 'build %s: compile %s | armadillo.pch\n' "$object" "$(printf %s "$source" | sed 's/[ :$]/$&/g')"
  done
  # The playground loads the smaller one; the small figures of part II need the whole.
  printf 'build engine.js | engine.wasm: link%s\n' "$objects"
  printf 'build further.js | further.wasm: link%s\n' "$objects$widgets"
} >"$work/build.ninja"
if ! "$(command -v ninja || echo ninja-build)" -C "$work" >"$work/log" 2>&1; then
  first_error "$work/log" >&2
  say "the engine was not compiled to WebAssembly; all of it: $work/log"
  exit 1
fi
cp "$root"/tools/play/page/* "$work/engine.js" "$work/engine.wasm" "$work/further.js" "$work/further.wasm" "$out/"
