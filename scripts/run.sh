#!/usr/bin/env bash
# The main job by one command: a guest texts the hotel, the hotel answers, the answer is delivered; against a simulated provider.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
. scripts/lib/packages.sh
. scripts/lib/build.sh
. scripts/lib/demo.sh

usage() {
    cat <<'EOT'
usage: scripts/run.sh [--once]

Installs missing Debian packages, builds the gateway, starts it with a simulated SMS provider, lets a guest text the hotel,
answers through the API, waits until the answer is delivered and prints the conversation. Then it keeps running until Ctrl-C.

  --once    exit after the conversation: 0, or 1 with the reason
EOT
}

once=false
for argument in "$@"; do
    case "$argument" in
    --once) once=true ;;
    -h | --help) usage; exit 0 ;;
    *) echo "unknown argument $argument" >&2; usage >&2; exit 2 ;;
    esac
done

install_packages "$BUILD_PACKAGES"
install_packages "$RUN_PACKAGES"
build_programs release jack-gateway jackgw-sms twilio-sim

BIN=$PWD/build/release/bin
DEMO=$PWD/build/demo
exec {demo_lock}>"$DEMO.lock"
if ! flock -n "$demo_lock"; then
    echo "another run of this script is using $DEMO; stop it first" >&2
    exit 1
fi
rm -rf "$DEMO"
mkdir -p "$DEMO"

processes=()
stop_processes() {
    trap - EXIT
    for process in "${processes[@]}"; do kill "$process" 2>/dev/null || true; done
    for process in "${processes[@]}"; do wait "$process" 2>/dev/null || true; done
}
trap stop_processes EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
trap 'exit 129' HUP

fail() {
    echo "$1" >&2
    for log in "$DEMO"/*.log; do
        echo "--- the last lines of $log" >&2
        tail -n 15 "$log" >&2
    done
    exit 1
}

gateway_port=$(free_port 8080)
simulator_port=$(free_port $((gateway_port + 1)))
GATEWAY_URL=http://127.0.0.1:$gateway_port
write_demo_config "$DEMO" "$gateway_port" "$simulator_port"
. "$DEMO/demo.env"

"$BIN/twilio-sim" serve --port "$simulator_port" --number "$DEMO_HOTEL" --sms-url "$GATEWAY_URL/webhooks/twilio/sms#rc=3&rp=all" \
    >"$DEMO/simulator.log" 2>&1 &
processes+=($!)
"$BIN/jack-gateway" serve --config "$DEMO/jack.toml" >"$DEMO/gateway.log" 2>&1 &
processes+=($!)
wait_until 15 "the simulated provider" is_listening || fail "The simulated provider did not start."
wait_until 15 "the gateway" is_ready || fail "The gateway did not become ready."

"$BIN/twilio-sim" text --from "$DEMO_GUEST" --to "$DEMO_HOTEL" "Hello! Could we have two more towels in room 12, please?" \
    >"$DEMO/guest.log" 2>&1 || fail "The guest's text did not arrive."
conversation=$(api GET '/conversations?channel=sms' | jq -er '.data[0].id') || fail "The gateway has no conversation."
message=$(api POST "/conversations/$conversation/messages" \
    '{"content": "Of course. They are on their way up to you. 🛎️", "role": "ai"}' | jq -er .data.id) ||
    fail "The gateway did not take the answer."
wait_until 30 "the answer's delivery" is_delivered "$message" || fail "The answer was not delivered."

echo
echo "The conversation:"
print_transcript "$conversation"
echo
echo "On the guest's phone:"
"$BIN/twilio-sim" inbox "$DEMO_GUEST" | sed 's/^/  /'
[ "$once" = false ] || exit 0

cat <<EOT

The gateway runs at $GATEWAY_URL until you press Ctrl-C. In another terminal:

  . build/demo/demo.env
  build/release/bin/twilio-sim text --from $DEMO_GUEST --to $DEMO_HOTEL "Thank you!"
  curl -H "Authorization: Bearer \$JACKGW_API_TOKEN" $GATEWAY_URL/api/v1/conversations
  build/release/bin/jack-gateway send --url $GATEWAY_URL --channel sms --to $DEMO_GUEST --text "Enjoy your stay."
  build/release/bin/twilio-sim inbox $DEMO_GUEST
  curl $GATEWAY_URL/metrics

Logs: build/demo/gateway.log, build/demo/simulator.log
EOT
wait -n "${processes[@]}" || true
fail "The gateway or the simulated provider has ended by itself."
