#!/usr/bin/env bash
# What 120 generations of the SMS plugin leave in memory, as valgrind sees it (Debian package valgrind). Nothing may be lost,
# and what is still reachable may come from the first generation alone: the numbering plans, which libphonenumber keeps until
# the process ends. Usage: scripts/campaigns/reload-leaks.sh PRESET
set -euo pipefail
cd "$(dirname "$0")/../.."
preset=${1:?usage: $0 PRESET}
. scripts/lib/packages.sh
. scripts/lib/build.sh
install_for_tests
build_tests "$preset" -R '^fault_plugins$'
command -v valgrind >/dev/null || { echo "valgrind is missing: apt-get install valgrind" >&2; exit 1; }
report=$(mktemp)
trap 'rm -f "$report"' EXIT
# Under valgrind resident memory grows by what it keeps of each closed file: that check of the test's is left out.
JACKGW_TEST_WITHOUT_RESIDENT=1 valgrind --leak-check=full --show-leak-kinds=all --keep-debuginfo=yes --num-callers=40 \
    --log-file="$report" "build/$preset/bin/fault_plugins" 'Generations that have read addresses*'
sed -n '/LEAK SUMMARY/,/suppressed/p' "$report"
echo "generations that left something:"
grep -oE 'jackgw-sms\.[0-9]+\.so' "$report" | sort -u || echo "none"
if ! grep -q 'definitely lost: 0 bytes' "$report" || ! grep -q 'indirectly lost: 0 bytes' "$report"; then
    echo "memory was lost; the report:" >&2
    cat "$report" >&2
    exit 1
fi
if grep -oE 'jackgw-sms\.[0-9]+\.so' "$report" | grep -qvx 'jackgw-sms\.1\.so'; then
    echo "a generation after the first left memory behind" >&2
    exit 1
fi
