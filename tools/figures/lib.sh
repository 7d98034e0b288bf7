# What the scripts of this folder share.

# Kernels of OpenBLAS round differently, and long trainings show it: the committed numbers are those of a kernel that
# most processors can run, whatever is the fastest here.
if [ -z "${OPENBLAS_CORETYPE-}" ] && grep -qw avx2 /proc/cpuinfo && grep -qw fma /proc/cpuinfo; then
  OPENBLAS_CORETYPE=Haswell
  export OPENBLAS_CORETYPE
fi

# What draw.sh writes into a picture and check.sh looks for: a sum of all that it is drawn from. $1 the script, $2 its
# CSV files, one a line.
drawn_from() {
  moving=
  ! grep -q '^load moving' "$1" || moving=$tools/moving.gp
  # shellcheck disable=SC2086 # the names are one a line, and IFS is a line's end
  cat "$tools/style.gp" $moving "$1" $2 | cksum | tr ' ' -
}
