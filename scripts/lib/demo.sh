# The parts of the demonstration: a simulated provider, a gateway on a demo configuration, and what passes between them. Sourced
# by run.sh; expects the current folder to be the project's.

DEMO_GUEST=+15559876543
DEMO_HOTEL=+15551234567

# wait_until SECONDS WHAT COMMAND…: runs the command again and again until it succeeds.
wait_until() {
    local deadline=$((SECONDS + $1)) what=$2
    shift 2
    until "$@"; do
        if [ "$SECONDS" -ge "$deadline" ]; then
            echo "gave up waiting for $what" >&2
            return 1
        fi
        read -rt 0.05 _ <> <(:) || true
    done
}

port_is_free() {
    ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

# free_port FIRST: the first port from FIRST on that nobody listens on.
free_port() {
    local port=$1
    while ! port_is_free "$port"; do port=$((port + 1)); done
    echo "$port"
}

random_hex() {
    od -An -N "$1" -tx1 /dev/urandom | tr -d ' \n'
}

# write_demo_config FOLDER GATEWAY_PORT SIMULATOR_PORT: a configuration as for a real account; only api_base_url differs.
write_demo_config() {
    cat >"$1/jack.toml" <<EOT
# Written by scripts/run.sh. The secrets come from the environment: see demo.env beside this file.
[server]
listen = "127.0.0.1:$2"
public_url = "http://127.0.0.1:$2"

[[api.tokens]]
name = "front-desk"
role = "admin"
token = "\${JACKGW_API_TOKEN}"

[store]
url = "sqlite:jack.db"

[plugins]
directory = "../release/plugins"

[channels.sms]
plugin = "jackgw-sms"
required = true
[channels.sms.options]
phone_number = "$DEMO_HOTEL"
api_base_url = "http://127.0.0.1:$3"
EOT
    umask 077
    cat >"$1/demo.env" <<EOT
export JACKGW_API_TOKEN=$(random_hex 24)
export TWILIO_ACCOUNT_SID=AC$(random_hex 16)
export TWILIO_AUTH_TOKEN=$(random_hex 16)
export TWILIO_SIM_URL=http://127.0.0.1:$3
EOT
}

# api METHOD PATH [JSON]: one call of the gateway's API; prints the answer, fails if the gateway refused.
api() {
    local arguments=(-sS --fail-with-body -X "$1" -H "Authorization: Bearer $JACKGW_API_TOKEN")
    [ $# -lt 3 ] || arguments+=(-H 'Content-Type: application/json' -d "$3")
    curl "${arguments[@]}" "$GATEWAY_URL/api/v1$2"
}

is_ready() { curl -fsS -o "$DEMO/readyz.json" "$GATEWAY_URL/readyz" 2>/dev/null; }
is_listening() { grep -q 'listening on' "$DEMO/simulator.log" 2>/dev/null; }
is_delivered() { [ "$(api GET "/messages/$1" | jq -r .data.deliveryStatus)" = delivered ]; }

# print_transcript CONVERSATION: the conversation as people read it.
print_transcript() {
    api GET "/conversations/$1/messages" | jq -r '
        .data[] | (.createdAt | sub("\\.[0-9]+Z$"; "Z") | fromdate | strftime("%H:%M:%S")) as $time
        | "  \($time)  \(if .direction == "inbound" then "guest \(.from)" else "hotel (\(.role))" end):"
          + "  \(.content)"
          + (if .direction == "outbound" then "   [\(.deliveryStatus)]" else "" end)'
}
