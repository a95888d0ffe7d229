#!/bin/sh
# Plugin files export their entry and nothing else: any other symbol could be bound to another generation's copy, or by a
# library that then pins the file in memory. Usage: plugin_files_test.sh BUILD_DIR
set -eu
failed=0
complain() {
  echo "$1"
  failed=1
}

checked=0
for file in "$1"/plugins/*.so "$1"/fixtures/*.so; do
  [ "${file##*/}" != no-symbol.so ] || continue  # made to have no entry
  symbols=$(nm -D --defined-only "$file")
  [ "$(printf '%s' "$symbols" | awk '{print $NF}')" = jackgw_plugin_entry ] ||
    complain "$file exports more or less than jackgw_plugin_entry:
$symbols"
  # Of all symbols, local ones too: a unique one keeps the file loaded for ever.
  unique=$(readelf --symbols --wide "$file" | awk '$5 == "UNIQUE"')
  [ -z "$unique" ] || complain "$file has GNU unique symbols:
$unique"
  checked=$((checked + 1))
done
echo "$checked plugin files in $1"
exit $failed
