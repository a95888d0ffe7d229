#!/usr/bin/env bash
# How many guests' texts a second the gateway takes, beside its HTTP server alone. docs/guides/performance.md explains the
# figures. Usage: scripts/campaigns/inbound-bench.sh PRESET [OPTION…]; the options are bench_inbound's, see its --help.
set -euo pipefail
cd "$(dirname "$0")/../.."
preset=${1:?usage: $0 PRESET [OPTION…]}
shift
exec "build/$preset/bin/bench_inbound" "$@"
