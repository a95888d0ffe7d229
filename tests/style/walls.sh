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

# Lower floors never include higher ones, and rooms of one floor don't include each other both ways.
floor() {
    case "$1" in
    base) echo 0 ;; config | telemetry) echo 1 ;; model) echo 2 ;; store) echo 3 ;; conversations) echo 4 ;; outbox) echo 5 ;;
    storage | events) echo 6 ;; http) echo 7 ;; plugins) echo 8 ;; api) echo 9 ;; console) echo 10 ;; gateway) echo 11 ;;
    cli) echo 12 ;;
    *) echo "host/$1 has no floor in $0: give it one" >&2; return 1 ;;
    esac
}
includes() { grep -rn "#include \"$2/" "host/$1"; }
for room in $rooms; do
    mine=$(floor "$room")
    for other in $rooms; do
        [ "$other" != "$room" ] || continue
        theirs=$(floor "$other")
        if [ "$theirs" -gt "$mine" ] && found=$(includes "$room" "$other"); then
            complain "$found"$'\n'"host/$room stands below host/$other and must not include it"
        elif [ "$theirs" -eq "$mine" ] && found=$(includes "$room" "$other") && includes "$other" "$room" >/dev/null; then
            complain "$found"$'\n'"host/$room and host/$other include each other"
        fi
    done
done

# One back end is chosen in one place; nobody else knows which there are, but for the build and the config's words.
if found=$(grep -rnI sqlite host --exclude-dir=sqlite |
    grep -vE '^host/(store/CMakeLists.txt|storage/open_store.cpp|config/)'); then
    complain "$found"$'\n'"only the place that opens the store knows a back end"
fi

# Back ends know the seam and no rules; rules know neither statements nor sessions.
if found=$(grep -rn '#include "\(conversations\|outbox\)/' host/store); then
    complain "$found"$'\n'"a back end knows nothing of the domain's rules"
fi
if found=$(grep -rnE '#include "(store|conversations/records)/' host/conversations/rules); then
    complain "$found"$'\n'"what is pure does no I/O"
fi
exit $failed
