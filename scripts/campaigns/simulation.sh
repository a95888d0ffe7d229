#!/usr/bin/env bash
# Both simulations side by side for an hour: the store on a disk whose power fails, and the outbox among moody providers. Each life has
# a seed; the first that is found wanting ends its simulation and says how to replay it.
# Usage: scripts/campaigns/simulation.sh PRESET [SECONDS], or JACKGW_SIMULATION_SECONDS.
set -euo pipefail
cd "$(dirname "$0")/../.."
preset=${1:?usage: $0 PRESET [SECONDS]}
seconds=${2:-${JACKGW_SIMULATION_SECONDS:-3600}}
. scripts/lib/packages.sh
. scripts/lib/build.sh
install_for_tests
build_tests "$preset" -R '^simulation_'

export JACKGW_POWER_SECONDS=$seconds JACKGW_SENDING_SECONDS=$seconds
"build/$preset/bin/simulation_power" "Whatever the disk does*" >"build/$preset/simulation_power.log" 2>&1 &
power=$!
"build/$preset/bin/simulation_outbox" "Whatever happens*" >"build/$preset/simulation_outbox.log" 2>&1 &
outbox=$!
failed=0
wait $power || failed=1
wait $outbox || failed=1
cat "build/$preset/simulation_power.log" "build/$preset/simulation_outbox.log"
exit $failed
