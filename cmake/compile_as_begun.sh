#!/bin/sh
# compile_as_begun.sh COMPILER ARGUMENTS: compiles, and dates the object file by the moment when that began. A file that
# is saved while it is compiled is then newer than the object, and the next build compiles it again; dated by its end,
# the object would pass for new.
for argument in "$@"; do
  [ "$last" = -o ] && object=$argument
  last=$argument
done
: > "$object.begun"
"$@" 2> "$object.warnings"
status=$?
cat "$object.warnings" >&2
[ $status -eq 0 ] && [ -s "$object.warnings" ] || rm -f "$object.warnings"
[ $status -eq 0 ] && touch -r "$object.begun" "$object"
rm -f "$object.begun"
exit $status
