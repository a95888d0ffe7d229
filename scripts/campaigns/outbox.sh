#!/usr/bin/env bash
# kill -9 of the gateway, 500 times, at any moment while it sends through a simulated Twilio that is late, overloaded, cut off
# and forgetful: nothing may be sent twice, nothing that was acknowledged may be lost, what the API says must be so, and no doubt
# may remain that Twilio's list could settle. Takes some six minutes. JACKGW_KILLS=N kills as often; JACKGW_KILL_SEED=N repeats
# a run that failed, which says so. Usage: scripts/campaigns/outbox.sh PRESET
set -euo pipefail
cd "$(dirname "$0")/../.."
preset=${1:?usage: $0 PRESET}
. scripts/lib/packages.sh
. scripts/lib/build.sh
install_for_tests
build_tests "$preset" -R '^e2e_18_outbox_kills$'
JACKGW_KILLS=${JACKGW_KILLS:-500} exec "build/$preset/bin/e2e_18_outbox_kills"
