# Stand-ins for the programs that fetch.sh calls: $stand_in says which, the variables ONE and TWO (by mirror), NPM and
# DF what it does. Every call is noted in $WORK/calls.
#
# shellcheck shell=sh disable=SC2154

fault() {
  echo "$2" >&2
  exit "$1"
}

download() { # what curl -o OUT URL and wget -O OUT URL do
  while [ $# -gt 1 ]; do
    case $1 in -o | -O) out=$2 ;; esac
    shift
  done
  case $1 in *one.example*) do=${ONE:-good} ;; *) do=${TWO:-good} ;; esac
  file=${1##*/}
  case $do in
    good | bad) cat "$WORK/$do/$file" >"$out" ;;
    slow) sleep 1 && cat "$WORK/good/$file" >"$out" ;;
    hang) head -c 100 "$WORK/good/$file" >"$out" && : >"$WORK/hangs" && exec sleep 10 ;;
    half) head -c 100 "$WORK/good/$file" >"$out" && fault 18 'curl: (18) end of response with 900 bytes missing' ;;
    silenthalf) head -c 100 "$WORK/good/$file" >"$out" ;;
    bomb) head -c 50000000 /dev/zero | gzip >"$out" ;;
    page) echo '<!DOCTYPE html><html>Please log in</html>' >"$out" ;;
    nothing) fault 22 'curl: (22) The requested URL returned error: 404' ;;
    nonet) fault 6 'curl: (6) Could not resolve host: one.example' ;;
    late) fault 28 'curl: (28) Connection timed out after 5001 milliseconds' ;;
    proxy) fault 56 'curl: (56) CONNECT tunnel failed, response 403' ;;
    full) fault 23 'curl: (23) Failure writing output to destination' ;;
  esac
}

pack() { # what npm pack --pack-destination=DIR PACKAGE does
  for argument; do
    case $argument in --pack-destination=*) to=${argument#*=} ;; esac
  done
  case ${NPM:-good} in
    good) cp "$WORK/tiny.tgz" "$to/tiny-data-1.0.0.tgz" ;;
    nonet)
      echo 'npm ERR! code ENOTFOUND' >&2
      fault 1 'npm ERR! network If you are behind a proxy, please make sure that the proxy config is set properly.'
      ;;
  esac
}

echo "$stand_in $*" >>"$WORK/calls"
case $stand_in in
  curl | wget) download "$@" ;;
  npm) pack "$@" ;;
  df) printf 'Filesystem 1024-blocks Used Available Capacity Mounted\n/dev/x 100 100 %d 1%% /\n' "${DF:-9999999}" ;;
esac
