#!/usr/bin/env bash
# The walls between host, contract and plugins, and between the host's floors. Usage: walls.sh SOURCE_DIR
set -euo pipefail
cd "$1"
failed=0
complain() {
    echo "$1" >&2
    failed=1
}

# The host never names a provider.
if found=$(grep -rniI twilio host plugin_api); then complain "$found"$'\n'"the host and the contract name no provider"; fi

# A plugin sees the contract, its own folder and libraries: no folder of the host.
rooms=$(find host -mindepth 1 -maxdepth 1 -type d -printf '%f\n' | sort)
pattern=$(paste -sd'|' <<<"$rooms")
if found=$(grep -rnE "#include \"($pattern|host)/" plugins plugin_api); then
    complain "$found"$'\n'"a plugin includes no header of the host"
fi

# Lower floors never include higher ones; config and telemetry stand beside base.
floor() {
    case "$1" in
    base) echo 0 ;; config | telemetry) echo 1 ;; model) echo 2 ;; store) echo 3 ;; conversations | outbox | events) echo 4 ;;
    http) echo 5 ;; plugins) echo 6 ;; api) echo 7 ;; console) echo 8 ;; gateway) echo 9 ;; cli) echo 10 ;;
    *) echo "host/$1 has no floor in $0: give it one" >&2; return 1 ;;
    esac
}
for room in $rooms; do
    mine=$(floor "$room")
    for other in $rooms; do
        [ "$(floor "$other")" -gt "$mine" ] || continue
        if found=$(grep -rn "#include \"$other/" "host/$room"); then
            complain "$found"$'\n'"host/$room stands below host/$other and must not include it"
        fi
    done
done
exit $failed
