#!/usr/bin/env bash
# Every C and C++ file is as .clang-format says, to clang-format 14 of Debian 12: other versions format some lines differently.
# Where there is only another one nothing is judged, exit code 77. Usage: format.sh SOURCE_DIR
set -euo pipefail
cd "$1"
if ! command -v clang-format >/dev/null; then
    echo "clang-format is missing: install the Debian package clang-format" >&2
    exit 1
fi
if ! clang-format --version | grep -q 'version 14\.'; then
    echo "not judged, for it takes version 14: $(clang-format --version)"
    exit 77
fi
mapfile -d '' files < <(find host plugin_api plugins tests -name '*.[ch]' -print0 -o -name '*.cpp' -print0)
[ ${#files[@]} -gt 0 ] || { echo "no source file found below $1" >&2; exit 1; }
if ! clang-format --dry-run -Werror "${files[@]}"; then
    echo "mend it with: clang-format -i FILE" >&2
    exit 1
fi
echo "${#files[@]} files are formatted"
