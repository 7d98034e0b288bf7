#!/bin/sh
# Spelling of the lessons, the README and docs/, outside code and formulas: British, with the words of the field from
# words.txt and those that one lesson alone uses from lessons/NN-name/words.txt.
#   spelling.sh [FILE...]     FILE: Markdown to check in place of all of it
# Exit codes: 0 all words are known; 1 some are not; 3 the machine lacks hunspell or its dictionary.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/../.." && pwd -P)
# shellcheck source-path=SCRIPTDIR source=../bootstrap/lib.sh
. "$root/tools/bootstrap/lib.sh"
dictionary=en_GB

command -v hunspell >/dev/null || fail "the spelling check needs hunspell; get it by: ./course install hunspell"
echo word | LC_ALL=C.UTF-8 hunspell -d "$dictionary" -l >/dev/null 2>&1 ||
  fail "hunspell has no dictionary $dictionary; get it by: ./course install hunspell-en"

if [ $# = 0 ]; then
  cd "$root"
  set -- README.md CONTRIBUTING.md CHANGELOG.md lessons/*/README.md lessons/*/lesson.json docs/*.md datasets/README.md \
    datasets/*/README.md tools/*/README.md
fi

# What a student reads of a lesson.json: the hints and the sentences.
sentences() {
  awk '
    { sub(/^ +/, "") }
    /"hints": *\[/ { on = 1; sub(/"hints"/, "") }
    on || /"(question|built)":/ { sub(/"(question|built)":/, ""); print }
    !on && !/"(question|built)":/ { print "" }
    /\]/ { on = 0 }' "$1"
}

# Everything that is not prose becomes blank, so that lines keep their numbers.
prose() {
  awk '
    function blank(pattern,    piece) {
      while (match(text, pattern)) {
        piece = substr(text, RSTART, RLENGTH)
        gsub(/[^\n]/, " ", piece)
        text = substr(text, 1, RSTART - 1) piece substr(text, RSTART + RLENGTH)
      }
    }
    /^ *(```|~~~)/ { fenced = !fenced; $0 = "" }
    fenced { $0 = "" }
    /^ *([-*+]|[0-9]+\.) / { listed = 1 }
    /^[^ ]/ && !/^([-*+]|[0-9]+\.) / && was_blank { listed = 0 }
    /^    / && !listed && (was_blank || indented) { indented = 1; text = text "\n"; next }
    { indented = 0; was_blank = /^ *$/; text = text $0 "\n" }
    END {
      blank("<!--([^-]|-[^-])*-->")
      blank("``[^`]*``")
      blank("`[^`]+`")
      blank("[$][$][^$]*[$][$]")
      blank("[$][^$]+[$]")
      blank("\\]\\([^)]*\\)")
      blank("</?[a-zA-Z][^>]*>")
      blank("https?://[^ \n)>]*")
      blank("[A-Za-z0-9_.-]+/[A-Za-z0-9_./-]+")
      blank("[A-Za-z0-9_-]+[.](md|hpp|cpp|json|csv|sh|txt)")
      blank("[A-Za-z0-9.]*[A-Za-z0-9](_|::)[A-Za-z0-9_:<>.]+")
      blank("[A-Za-z]+[(]")
      gsub(/\047s/, "  ", text)
      printf "%s", text
    }'
}

blanked=$(mktemp)
words=$(mktemp)
trap 'rm -f "$blanked" "$words"' EXIT
for list in "$root/tools/book/words.txt" "$root"/lessons/*/words.txt; do
  [ ! -f "$list" ] || cat "$list"
done | LC_ALL=C sort -u >"$words"
checked=0
unknown=0
for file; do
  [ -f "$file" ] || continue
  checked=$((checked + 1))
  case $file in
    *.json) sentences "$file" ;;
    *) cat "$file" ;;
  esac | prose >"$blanked"
  for word in $(LC_ALL=C.UTF-8 hunspell -d "$dictionary" -p "$words" -i UTF-8 -l "$blanked" | grep -v "[0-9]" |
    sort -u); do
    unknown=$((unknown + 1))
    line=$(grep -nwF -m 1 -e "$word" "$blanked" | cut -d : -f 1)
    echo "$file:${line:-?}: unknown word: $word"
  done
done

echo "spelling: $checked files, $unknown unknown words"
[ "$checked" -gt 0 ] || fail "nothing was checked"
if [ "$unknown" -gt 0 ]; then
  echo "A word that is right belongs into words.txt of its lesson, or into tools/book/words.txt, in the order of LC_ALL=C sort; one of code between backticks."
  exit 1
fi
