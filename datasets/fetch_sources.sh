# The sources that fetch.sh takes files from, and what their errors mean in plain words. Read by fetch.sh, whose
# variables it uses: $file, $bytes and $sha of the file that is wanted, $dir where it goes, $stage to work in.
#
# shellcheck shell=sh disable=SC2034,SC2154,SC2317

disk_full() { stop 3 "disk full: $dir could not take the files; free some space, or $another"; }

run() { # runs a command that can be interrupted; its output and errors are in $stage/out and $stage/err
  "$@" </dev/null >"$stage/out" 2>"$stage/err" &
  child=$!
  if [ -t 2 ]; then # how much has come, while it comes
    while sleep 1; do
      printf '\r  %s KB ' "$(du -sk "$stage" 2>/dev/null | cut -f 1)" >&2
    done &
    meter=$!
  fi
  wait "$child"
  status=$?
  child=''
  if [ -n "$meter" ]; then
    kill "$meter" 2>/dev/null
    wait "$meter" 2>/dev/null
    meter=''
    printf '\r              \r' >&2
  fi
  return "$status"
}

disk_is_full() { # the messages of a command whose disk was full may be lost as well: they are on the same disk
  ! { head -c 65536 /dev/zero >"$stage/probe"; } 2>/dev/null
}

explain() { # $why: what the last command's errors mean in plain words
  if disk_is_full; then disk_full; fi
  errors=$(tr '\n' ' ' <"$stage/err" | cut -c 1-300)
  proxy=$(printf '%s' "${https_proxy:-${HTTPS_PROXY:-${ALL_PROXY:-${all_proxy:-${http_proxy:-}}}}}" |
    sed 's#//[^@/]*@#//#')
  case $errors in
    *"o space left"* | *"uota exceeded"* | *ENOSPC* | *EDQUOT*) disk_full ;;
    *ENOTFOUND* | *EAI_AGAIN*) why="no network: its name cannot be looked up" ;;
    *ECONNREFUSED* | *ENETUNREACH* | *EHOSTUNREACH*) why="no connection: it is refused, or there is no network" ;;
    *ETIMEDOUT* | *ERR_SOCKET_TIMEOUT*) why="no answer in time" ;;
    *CONNECT* | *unneling* | *roxy*) why="the proxy ${proxy:-in use} refused or does not answer (${errors% })" ;;
    *esolve*) why="no network: its name cannot be looked up" ;;
    *imed\ out* | *imeout* | *too\ slow*) why="no answer in time" ;;
    *refused* | *nreachable* | *onnect\ to*) why="no connection: it is refused, or there is no network" ;;
    *SSL* | *TLS* | *ertificate*) why="no secure connection; is the machine's clock right, does the network ask for a login?" ;;
    *404* | *403* | *"error: 5"* | *"ERROR 5"*) why="the server does not give it (${errors% })" ;;
    *) why=${errors:-"stopped with code $status"} ;;
  esac
  if [ -n "$proxy" ]; then
    case $why in
      "no connection"*) why="no connection: the proxy $proxy does not answer, or there is no network" ;;
      "no "*) why="$why (the proxy in use is $proxy)" ;;
    esac
  fi
}

unpack() { # FROM TO: at most one byte more than there should be
  if [ "$(od -An -tx1 -N2 <"$1" | tr -d ' ')" = 1f8b ]; then
    gzip -dc <"$1" | head -c $((bytes + 1)) >"$2"
  elif [ "$1" != "$2" ]; then
    head -c $((bytes + 1)) <"$1" >"$2"
  fi 2>/dev/null
}

take() { # FROM: unpacks, verifies and puts $file into place; else $why
  unpack "$1" "$stage/$file"
  if right "$stage/$file"; then
    mv -f "$stage/$file" "$dir/$file" || disk_full
    return 0
  fi
  if disk_is_full; then disk_full; fi
  wrong=yes
  case $(head -c 64 <"$stage/$file" | tr -d '\000' | tr '[:upper:]' '[:lower:]') in
    *'<html'* | *'<!doctype'*) why="a web page came instead of $file; does the network ask for a login?" ;;
    *) why="$file is damaged: $why" ;;
  esac
  return 1
}

from_folder() {
  [ ! -f "$dir/$file.gz" ] || take "$dir/$file.gz"
}

from_mirror() { # ADDRESS
  url=$1/$file.gz
  if have curl; then
    run curl -fsSL --proto-redir '=http,https' --connect-timeout 5 --speed-limit 1000 --speed-time 20 \
      --max-filesize $((bytes + 65536)) -o "$stage/download" "$url"
  else
    run wget -nv -T 10 -t 1 -O "$stage/download" "$url"
  fi || {
    [ "$status" -ne 23 ] || disk_full # curl's code for a file that it cannot write
    explain
    return 1
  }
  take "$stage/download"
}

from_npm() {
  if [ ! -d "$stage/npm" ]; then
    mkdir "$stage/npm" || disk_full
    run env npm_config_fetch_retries=1 npm_config_fetch_retry_mintimeout=500 npm_config_fetch_retry_maxtimeout=1000 \
      npm_config_update_notifier=false npm_config_prefer_offline=true \
      npm pack --loglevel=error --pack-destination="$stage/npm" "$package" || {
      [ "$status" -ne 228 ] || disk_full # npm's for ENOSPC
      explain
      return 1
    }
  fi
  run sh -c 'gzip -dc "$1"/*.tgz | tar -xOf - "$2" >"$3"' sh "$stage/npm" "$folder/$file" "$stage/$file" || {
    explain
    return 1
  }
  take "$stage/$file"
}

try() { # LABEL COMMAND...: asks one source for all that is still missing
  label=$1 left='' failed=''
  shift
  for one in $missing; do
    split "$one"
    why=''
    if [ -z "$failed" ] && "$@" && [ -f "$dir/$file" ]; then
      say "  $file from $label"
      continue
    fi
    left="$left $one"
    [ -z "$why" ] || failed=$why
  done
  missing=$left
  [ -z "$failed" ] || tried="$tried
  $label: $failed"
}
