#!/bin/sh
# A clean Debian machine, thrown away afterwards, to see that the README keeps its promise: debootstrap's smallest
# system with git and CA certificates, a clone in a path with a space, and one command in it. For contributors; needs
# root and debootstrap.
#
#   sh tools/bootstrap/clean_machine.sh [OPTIONS] [COMMAND]        COMMAND defaults to './course doctor; ./course test'
#
#   --no-network     after COMMAND, run it a second time, on the same machine, without any network
#   --user           as a user without sudo: what needs installing must be named, exit code 3
#   --working-tree   a copy of the files as they are (done by itself while there is no commit), not a clone of what is
#   committed
#   --deb822         apt's sources as a .sources file, not as debootstrap's one-line sources.list
#   --suite NAME     another release than bookworm          --mirror URL   another archive than that of apt's
#   configuration here
#   --keep           keep the machine and say where it is   --rebuild      make the cached base anew
#
# The base and the downloaded packages are cached in $NAND2MNIST_CLEAN_CACHE (/tmp/nand2mnist-clean). What apt, curl and
# npm need to reach their servers from here is carried over: proxies, CA certificates, npm's registry. All mounts are
# made in a mount namespace of their own: they end with it, however it ends. Exit code: that of COMMAND, of the first
# run that fails.
# shellcheck disable=SC2016
set -eu

if [ "${1:-}" = --inside ]; then # in the namespaces: mount, enter, run
  shift
  machine=$1 user=$2 folder=$3 command=$4
  mount -t proc proc "$machine/proc"
  mount -t sysfs -o ro sysfs "$machine/sys"
  mount -t tmpfs -o mode=755 tmpfs "$machine/dev"
  mkdir "$machine/dev/pts" "$machine/dev/shm"
  for device in null zero full random urandom tty; do
    : >"$machine/dev/$device"
    mount --bind "/dev/$device" "$machine/dev/$device"
  done
  mount -t devpts -o newinstance,ptmxmode=0666,mode=620 devpts "$machine/dev/pts"
  mount -t tmpfs -o mode=1777 tmpfs "$machine/dev/shm"
  ln -s pts/ptmx "$machine/dev/ptmx"
  ln -s /proc/self/fd "$machine/dev/fd"
  for stream in 0:stdin 1:stdout 2:stderr; do
    ln -s "/proc/self/fd/${stream%:*}" "$machine/dev/${stream#*:}"
  done
  ! command -v ip >/dev/null || ip link set lo up 2>/dev/null || true
  if [ "$user" = root ]; then
    exec chroot "$machine" sh -c 'cd "$1" && eval "$2"' sh "$folder" "$command"
  fi
  exec chroot "$machine" setpriv --reuid=1000 --regid=1000 --clear-groups sh -c 'cd "$1" && eval "$2"' \
    sh "$folder" "$command"
fi

say() { printf 'clean machine: %s\n' "$*" >&2; }
fail() {
  say "$*"
  exit 3
}

repo=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd -P)
suite=bookworm mirror='' user=root offline='' copy='' keep='' rebuild='' deb822=''
while [ $# -gt 0 ]; do
  case $1 in
    --no-network) offline=1 ;;
    --user) user=student ;;
    --working-tree) copy=1 ;;
    --deb822) deb822=1 ;;
    --suite) suite=$2 && shift ;;
    --mirror) mirror=$2 && shift ;;
    --keep) keep=1 ;;
    --rebuild) rebuild=1 ;;
    --help)
      sed -n '2,/^# shellcheck/{/^# shellcheck/d; s/^# \{0,1\}//p;}' "$0"
      exit 0
      ;;
    -*)
      say "'$1' is not understood; --help says what is"
      exit 2
      ;;
    *) break ;;
  esac
  shift
done
command=${*:-./course doctor; ./course test}

[ "$(id -u)" = 0 ] || fail "only root may make a machine; run: sudo sh tools/bootstrap/clean_machine.sh"
command -v debootstrap >/dev/null || fail "debootstrap is missing; run: ./course install debootstrap"

cache=${NAND2MNIST_CLEAN_CACHE:-/tmp/nand2mnist-clean}
mkdir -p "$cache/packages"
chmod 700 "$cache" 2>/dev/null || true
# Another user's folder could hold another user's system.
[ -O "$cache" ] || fail "$cache belongs to another user; set NAND2MNIST_CLEAN_CACHE to a folder of root's"
work=$(mktemp -d "$cache/machine.XXXXXX")
machine=$work/root
trap '[ -n "$keep" ] || rm -rf --one-file-system "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

base=$cache/$suite.tar
[ -z "$rebuild" ] || rm -f "$base"
if [ ! -f "$base" ]; then
  if [ -z "$mirror" ]; then
    # shellcheck disable=SC2016
    mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' "Release: $suite" 'Component: main' |
      sed 1q)
    [ -n "$mirror" ] || fail "apt's configuration here names no archive with $suite; say which: --mirror URL"
  fi
  say "debootstrap of $suite (once; kept as $base)"
  unshare --mount --propagation private debootstrap --variant=minbase --include=git,ca-certificates \
    "$suite" "$machine" "$mirror" \
    >"$cache/debootstrap.log" 2>&1 || fail "debootstrap failed; the end of $cache/debootstrap.log: $(tail \
    -n 1 "$cache/debootstrap.log")"
  # As fresh as an image from elsewhere: no lists, no downloaded packages.
  rm -rf "$machine"/var/lib/apt/lists/* "$machine"/var/cache/apt/archives/*.deb
  tar -C "$machine" -cf "$base.new" .
  mv "$base.new" "$base"
else
  mkdir "$machine"
  tar -C "$machine" -xf "$base"
fi

cp -L /etc/resolv.conf "$machine/etc/resolv.conf"
apt-config dump | grep -E '^Acquire::(http|https|ftp|Check-|Retries|Languages)' >"$machine/etc/apt/apt.conf.d/90host" ||
  true
printf '#!/bin/sh\nexit 101\n' >"$machine/usr/sbin/policy-rc.d"
chmod +x "$machine/usr/sbin/policy-rc.d"
if [ -n "$deb822" ]; then
  sed -n 's|^deb \([^ ]*\) \([^ ]*\) .*|Types: deb\nURIs: \1\nSuites: \2\nComponents: main\nSigned-By: /usr/share/keyrings/debian-archive-keyring.gpg|p' \
    "$machine/etc/apt/sources.list" >"$machine/etc/apt/sources.list.d/debian.sources"
  rm "$machine/etc/apt/sources.list"
fi
cp -l "$cache"/packages/*.deb "$machine/var/cache/apt/archives/" 2>/dev/null || true

home=/root
[ "$user" = root ] || home=/home/student
folder="$home/a path with a space/nand2mnist"
mkdir -p "$machine$folder"
if [ -n "$copy" ] || ! git -C "$repo" rev-parse -q --verify HEAD >/dev/null; then
  say "a copy of the working tree"
  (cd "$repo" && git ls-files -coz --exclude-standard -x /build/ | tar --null --ignore-failed-read -T - -cf -) |
    tar -C "$machine$folder" -xf -
else
  git clone -q --no-hardlinks "$repo" "$machine$folder"
fi
if [ "$user" != root ]; then
  echo "student:x:1000:1000::$home:/bin/sh" >>"$machine/etc/passwd"
  echo 'student:x:1000:' >>"$machine/etc/group"
  chown -R 1000:1000 "$machine$home"
fi

set -- HOME="$home" PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
  TERM="${TERM:-dumb}" LANG=C.UTF-8 CI=true
for variable in http_proxy https_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY; do
  eval "value=\${$variable:-}"
  [ -z "$value" ] || set -- "$@" "$variable=$value"
done
# The host's certificates, for hosts behind a proxy that signs by itself; each program is told the way it is told here.
for variable in SSL_CERT_FILE CURL_CA_BUNDLE GIT_SSL_CAINFO NODE_EXTRA_CA_CERTS; do
  eval "value=\${$variable:-}"
  if [ -n "$value" ]; then
    mkdir -p "$machine/etc/ssl/host"
    cp -L "$value" "$machine/etc/ssl/host/$variable.crt"
    set -- "$@" "$variable=/etc/ssl/host/$variable.crt"
  fi
done
if command -v npm >/dev/null; then
  set -- "$@" "npm_config_registry=$(npm config get registry 2>/dev/null)"
fi

# enter NAME VARIABLES... COMMAND: runs the command and says how it went.
enter() {
  name=$1
  shift
  say "$name, as $user: $command"
  started=$(date +%s)
  status=0
  env -i "$@" || status=$?
  say "$name: exit code $status after $(($(date +%s) - started)) s"
  find "$machine/var/cache/apt/archives" -maxdepth 1 -name '*.deb' -exec cp -ln {} "$cache/packages/" \; 2>/dev/null ||
    true
}

enter "with the network" "$@" unshare --mount --pid --fork --kill-child --propagation private \
  sh "$0" --inside "$machine" "$user" "$folder" "$command"
result=$status
if [ -n "$offline" ]; then
  enter "without network" "$@" unshare --net --mount --pid --fork --kill-child --propagation private \
    sh "$0" --inside "$machine" "$user" "$folder" "$command"
  [ "$result" != 0 ] || result=$status
fi
[ -z "$keep" ] || say "kept: $machine"
exit "$result"
