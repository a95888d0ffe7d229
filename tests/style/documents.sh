#!/usr/bin/env bash
# Documents lead to what is there: files, and, where a test's file is linked, a test of the name that is the link's text.
# Usage: documents.sh SOURCE_DIR
set -euo pipefail
cd "$1"
failed=0
links=0
complain() {
    echo "$1" >&2
    failed=1
}
mapfile -d '' documents < <(find README.md docs -name '*.md' -print0)
for document in "${documents[@]}"; do
    while IFS=$'\t' read -r text target; do
        case "$target" in '' | http://* | https://* | '#'*) continue ;; esac
        links=$((links + 1))
        file=$(dirname "$document")/${target%%#*}
        if [ ! -e "$file" ]; then
            complain "$document: $target is not there"
        elif [[ "$file" == *_test.cpp ]] && ! grep -qF "\"$text\"" "$file"; then
            complain "$document: $target has no test \"$text\""
        fi
        # A link's text may go on in the next line.
    done < <(tr '\n' ' ' <"$document" | grep -oP '\[[^][]*\]\([^() ]+\)' | sed -E 's/^\[(.*)\]\((.*)\)$/\1\t\2/')
done
[ "$links" -gt 0 ] || complain "no link was found below $1"
[ $failed -ne 0 ] || echo "$links links in ${#documents[@]} documents lead somewhere"
exit $failed
