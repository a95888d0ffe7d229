#!/usr/bin/env bash
# How many instructions an inbound and an outbound message cost on their whole way through the store: counted by callgrind, so that
# a shared machine makes no difference. docs/guides/performance.md has the figures. Usage: scripts/campaigns/store-path.sh PRESET
set -euo pipefail
cd "$(dirname "$0")/../.."
preset=${1:?usage: $0 PRESET}
. scripts/lib/packages.sh
. scripts/lib/build.sh
install_for_tests
install_packages 'valgrind                 counts instructions'
build_tests "$preset" -R '^unit_store$'  # a tree with tests
build_targets "$preset" bench_store_path

few=200
many=1200
counted() {
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "build/$preset/bin/bench_store_path" "$1" "$2" 2>&1 |
        sed -n 's/.*Collected : \([0-9]*\).*/\1/p'
}
for kind in inbound outbound; do
    a=$(counted "$kind" $few)
    b=$(counted "$kind" $many)
    printf '%-8s %9d instructions a message\n' "$kind" $(((b - a) / (many - few)))
done
