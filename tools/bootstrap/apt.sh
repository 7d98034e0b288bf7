# Installing with apt: what is in the archive, what is only in its backports, and the lines that a person may run
# instead. Sourced by install.sh and doctor.sh.
# shellcheck shell=sh disable=SC2016,SC2154

# candidate PACKAGE [-t SUITE]: the version that apt would install; nothing if it knows none.
candidate() {
  package=$1
  shift
  LC_ALL=C apt-get -s -q install --no-install-recommends "$@" "$package" 2>/dev/null |
    sed -n "s/^Inst $package \(\[[^]]*\] \)\{0,1\}(\([^ )]*\).*/\2/p" | sed 1q
}

# pick AT_LEAST 'a|b' [-t SUITE]: the first of the packages that apt has, new enough.
pick() {
  pick_least=$1
  pick_names=$2
  shift 2
  for pick_name in $(echo "$pick_names" | tr '|' ' '); do
    if [ "$pick_least" = - ] && [ "$pick_names" = "$pick_name" ]; then
      echo "$pick_name"
      return
    fi
    pick_version=$(candidate "$pick_name" "$@")
    if [ -n "$pick_version" ] && { [ "$pick_least" = - ] || version_at_least "$pick_version" "$pick_least"; }; then
      echo "$pick_name"
      return
    fi
  done
}

# apt has lists of packages at all: on a clean machine it has none until its first update.
apt_has_lists() { [ -n "$(apt-get indextargets --format '$(RELEASE)' 'Created-By: Packages' 2>/dev/null)" ]; }

# plan ROWS splits what is missing: $from_main by name; $from_backports, too old or absent in the main archive; $suite.
plan() {
  from_main=
  from_backports=
  suite=
  codename=$(os_release VERSION_CODENAME)
  [ -z "$codename" ] || suite=$codename-backports
  old_ifs=$IFS
  IFS=$newline
  for row in $1; do
    IFS=$old_ifs
    least=$(printf '%s' "$row" | cut -f 3)
    names=$(printf '%s' "$row" | cut -f 6)
    if [ "$names" != - ]; then
      name=$(pick "$least" "$names")
      if [ -n "$name" ]; then
        from_main="$from_main $name"
      elif [ -n "$suite" ]; then
        from_backports="$from_backports $names@$least"
      else
        from_main="$from_main ${names%%|*}"
      fi
    fi
    IFS=$newline
  done
  IFS=$old_ifs
}

# in_backports: the names of $from_backports as the suite has them; fails if it has not all of them.
in_backports() {
  names_there=
  for sought in $from_backports; do
    name=$(pick "${sought#*@}" "${sought%@*}" -t "$suite")
    [ -n "$name" ] || return 1
    names_there="$names_there $name"
  done
}

# main_source sets $entry to where apt's own configuration names Debian's main archive, as file:line or file:paragraph,
# and $target to the file for its backports, in the same of apt's two styles.
main_source() {
  [ "$(os_release ID)" = debian ] || return 1
  entry=$(apt-get indextargets --format '$(SOURCESENTRY)|$(RELEASE)|$(CODENAME)|$(COMPONENT)|$(ORIGIN)' \
    'Created-By: Packages' |
    awk -F '|' -v codename="$codename" '($2 == codename || $3 == codename) && $4 == "main" && $5 == "Debian" { print $1; exit }')
  case $entry in
    '') return 1 ;;
    *.sources:*) target=$sys/etc/apt/sources.list.d/nand2mnist-backports.sources ;;
    *) target=$sys/etc/apt/sources.list.d/nand2mnist-backports.list ;;
  esac
}

# backports_source: that entry with another suite, so that address, mirror, key and options are those that work here.
backports_source() {
  case $target in
    *.sources)
      awk -v RS= -v nth="${entry##*:}" '/(^|\n)[A-Za-z]/ && ++n == nth' "${entry%:*}" | awk -v suite="$suite" '
        /^#/ { next }
        /^[ \t]/ { if (!drop) print; next }
        { drop = 1 }
        tolower($1) == "types:" { print "Types: deb"; next }
        tolower($1) == "suites:" { print "Suites: " suite; next }
        tolower($1) == "components:" { print "Components: main"; next }
        tolower($1) == "enabled:" { next }
        { drop = 0; print }'
      ;;
    *) sed -n "${entry##*:}s|^[ ]*\(deb[ ]\{1,\}\(\[[^]]*\][ ]*\)\{0,1\}[^ ]\{1,\}\)[ ].*|\1 $suite main|p" "${entry%:*}" ;;
  esac
}

# apt_lines ROWS SUDO: the lines that install the rows; SUDO is "sudo " or nothing.
apt_lines() {
  if ! apt_has_lists; then
    echo "  $2apt-get update"
    echo "  $2'$root/course' install${asked:+ $asked}"
    return
  fi
  plan "$1"
  if [ -n "$from_main" ]; then
    echo "$2apt-get update" | wrap '  '
    echo "$2apt-get install --no-install-recommends$from_main" | wrap '  '
  fi
  [ -n "$from_backports" ] || return 0
  if in_backports; then
    echo "$2apt-get install --no-install-recommends -t $suite$names_there" | wrap '  '
    return
  fi
  if main_source; then
    printf "  printf '%%s\\\\n' \\\\\n"
    backports_source | sed "s/.*/    '&' \\\\/"
    echo "    | ${2}tee $target"
    echo "  ${2}apt-get update"
    names_there=
    for sought in $from_backports; do
      sought=${sought%@*}
      names_there="$names_there ${sought%%|*}"
    done
    echo "$2apt-get install --no-install-recommends -t $suite$names_there" | wrap '  '
  else
    for sought in $from_backports; do
      echo "  # ${sought%@*}, ${sought#*@} or newer, is in no archive that apt knows here; a newer release of the system has it"
    done
  fi
}

# as_root COMMAND...: with the proxies of the environment, which sudo drops, and without questions.
as_root() {
  set -- env DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1 "$@"
  for variable in no_proxy https_proxy http_proxy; do
    eval "value=\${$variable:-}"
    [ -z "$value" ] || { shift && set -- env "$variable=$value" "$@"; }
  done
  [ -z "$sudo" ] || set -- sudo "$@"
  "$@"
}

apt() {
  as_root apt-get -q -y -o DPkg::Lock::Timeout=300 -o Acquire::Retries=2 -o Dpkg::Options::=--force-confold "$@" \
    </dev/null >>"$log" 2>&1
}

# apt_failed WHAT: names the cause, in apt's own words, and what to do.
apt_failed() {
  cause=$(grep -E "$no_network" "$log" | sed "s/^ *//; 1q")
  if [ -n "$cause" ]; then
    say "no network: apt-get could not reach its archive ($1). It said:"
    printf '  %s\n' "$cause" | cut -c 1-160 >&2
    if [ -n "${http_proxy:-}" ]; then
      say "http_proxy is $http_proxy: is it right?"
    else
      say "behind a proxy? http_proxy=http://host:port ./course"
    fi
    say "what was already installed stays; once there is a network, run ./course again, or:"
  else
    say "$1 failed. apt-get said:"
    { grep -E '^(E|W|dpkg):' "$log" || tail -n 5 "$log"; } | sed 5q | cut -c 1-160 | sed 's/^/  /' >&2
    if grep -q 'dpkg --configure -a' "$log"; then
      say "an earlier installation was interrupted. Run: ${sudo:+sudo }dpkg --configure -a"
    fi
    say "all of it: $log. The lines that install by hand:"
  fi
  apt_lines "$missing" "${sudo:+sudo }" >&2
  exit 3
}
no_network='Temporary failure resolving|Could not resolve|(Could not|Unable to) connect|Cannot initiate the connection'
no_network="$no_network|Connection (timed out|refused|failed)|Network is unreachable|No route to host|407 "

# install_with_apt ROWS: all of them, or exit 3.
install_with_apt() {
  updated=
  plan "$1"
  if ! apt_has_lists || { [ -n "$from_main" ] && ! available "$from_main"; }; then
    update
    plan "$1"
  fi
  if [ -n "$from_main" ]; then
    # shellcheck disable=SC2086
    if ! install_packages $from_main; then
      # Lists that are older than the archive name files that are gone.
      if [ -n "$updated" ] || grep -qE "$no_network" "$log"; then
        apt_failed "apt-get install"
      fi
      update
      # shellcheck disable=SC2086
      install_packages $from_main || apt_failed "apt-get install"
    fi
  fi
  [ -n "$from_backports" ] || return 0
  in_backports || add_backports
  # shellcheck disable=SC2086
  install_packages -t "$suite" $names_there || apt_failed "apt-get install from $suite"
}

# A source that is not ours may be broken: what counts is whether the packages can be had afterwards.
update() {
  say "apt-get update"
  updated=1
  apt update || true
  apt_has_lists || apt_failed "apt-get update"
}

# shellcheck disable=SC2086
available() { apt-get -s -q install --no-install-recommends $1 >/dev/null 2>&1; }

install_packages() {
  size=$(apt-get --print-uris -qq install --no-install-recommends "$@" 2>/dev/null |
    awk '{ bytes += $3 } END { if (NR) printf " (%d package%s, %.0f MB to download)", NR, (NR > 1 ? "s" : ""), bytes / 1e6 }')
  say "apt-get install$size: a minute or two; its words go to $log"
  apt install --no-install-recommends "$@"
}

add_backports() {
  lacking=$(echo "$from_backports" | sed 's/|[^@]*//g; s/@/ /g')
  if ! main_source; then
    say "no archive that apt knows here has:$lacking (or newer). A newer release of the system has it."
    exit 3
  fi
  say "$(os_release PRETTY_NAME) has no$lacking or newer in its main archive, its backports have."
  say "adding $target:"
  backports_source | sed 's/^/  /' >&2
  as_root mkdir -p "${target%/*}"
  backports_source | as_root tee "$target" >/dev/null
  as_root chmod 644 "$target"
  say "apt-get update, of that source only"
  apt update -o Dir::Etc::SourceList="$target" -o Dir::Etc::SourceParts=- -o APT::Get::List-Cleanup=0 || true
  if ! in_backports; then
    as_root rm -f "$target"
    say "$target is removed again: it did not bring$lacking or newer"
    apt_failed "apt-get update of $suite"
  fi
}
