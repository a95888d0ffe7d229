#!/bin/sh
# The plugin exports its entry and nothing else: any other symbol could be bound to another generation's copy, or by a
# library that then pins the file in memory. Usage: exports_test.sh PLUGIN.so
set -eu
symbols=$(nm -D --defined-only "$1")
exported=$(printf '%s\n' "$symbols" | awk '{print $NF}')
if [ "$exported" != "jackgw_plugin_entry" ]; then
  echo "$1 exports more or less than jackgw_plugin_entry:"
  printf '%s\n' "$symbols"
  exit 1
fi
# Of all symbols, local ones too: a unique one keeps the file loaded for ever.
if readelf --symbols --wide "$1" | awk '$5 == "UNIQUE" {print; found = 1} END {exit !found}'; then
  echo "$1 has GNU unique symbols"
  exit 1
fi
