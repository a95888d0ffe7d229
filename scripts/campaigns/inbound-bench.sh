#!/usr/bin/env bash
# How many guests' texts a second the gateway takes, beside its HTTP server alone. docs/guides/performance.md explains the
# figures. Usage: scripts/campaigns/inbound-bench.sh PRESET [OPTION…]; the options are bench_inbound's, see its --help.
set -euo pipefail
cd "$(dirname "$0")/../.."
preset=${1:?usage: $0 PRESET [OPTION…]}
shift
. scripts/lib/packages.sh
. scripts/lib/build.sh
install_for_tests
build_tests "$preset" -R '^bench_inbound$'
exec "build/$preset/bin/bench_inbound" "$@"
