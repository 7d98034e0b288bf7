# What draw.sh writes into a picture and check.sh looks for.

# A sum of all that a picture is drawn from: $1 the script, $2 its CSV files, one a line.
drawn_from() {
  moving=
  ! grep -q '^load moving' "$1" || moving=$tools/moving.gp
  # shellcheck disable=SC2086 # the names are one a line, and IFS is a line's end
  cat "$tools/style.gp" $moving "$1" $2 | cksum | tr ' ' -
}
