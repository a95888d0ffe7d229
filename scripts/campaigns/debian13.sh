#!/usr/bin/env bash
# Both commands of the README on a bare Debian 13, and plugin files by its compilers: in a folder that debootstrap fills from the
# registry of this machine's apt, and that is removed in the end. Takes some 3 GB and, on two cores, an hour. Needs root and the
# Debian package debootstrap; without them, or where the registry has no Debian 13, it says so and ends with 0.
# JACKGW_CAMPAIGN_CCACHE=FOLDER keeps there what was compiled, for the next time.
# Usage: scripts/campaigns/debian13.sh [PRESET]; what is built is what the README builds, whatever preset is named.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
. scripts/lib/bare_debian.sh
suite=trixie

skip() {
    echo "skipped: $1"
    exit 0
}

[ "$(id -u)" -eq 0 ] || skip "only root can set up a bare system"
command -v debootstrap >/dev/null || skip "the Debian package debootstrap is missing"
unshare --mount --propagation private --pid --fork true 2>/dev/null || skip "this machine lets nobody mount, not even root"
find_registry "$suite" || skip "the registry of this machine's apt has no Debian packages of the suite $suite"

folder=$(mktemp -d "${TMPDIR:-/tmp}/jackgw-debian13.XXXXXX")
root=$folder/root
mkdir "$root"
exec {terminal}>&2 # for the end, whatever is redirected when it comes
current=
summary=
clean_up() {
    trap - EXIT
    end_namespaces
    if [ -n "$current" ]; then
        printf '%s%6d s  %s: FAILED\n' "$summary" $((SECONDS - begin)) "$current" >&"$terminal"
        mkdir -p build/debian13
        cp "$folder"/*.log "$root"/src/build/release{,/Testing/Temporary}/*.log build/debian13 2>/dev/null || true
        echo "what there is of logs is in build/debian13" >&"$terminal"
    fi
    rm -rf --one-file-system "$folder"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
trap 'exit 129' HUP

cache=()
if [ -n "${JACKGW_CAMPAIGN_CCACHE:-}" ]; then
    mkdir -p "$JACKGW_CAMPAIGN_CCACHE"
    cache=(--bind "$(readlink -f "$JACKGW_CAMPAIGN_CCACHE")" /root/.cache/ccache)
fi

package_noise='^(Selecting previously|\(Reading database|Preparing to unpack|Unpacking|Setting up|Processing triggers|update-alternatives:)'
# step TITLE COMMAND…: notes how long it took; a failure ends the campaign.
step() {
    current=$1
    begin=$SECONDS
    shift
    echo "--- $current"
    "$@" > >(grep --line-buffered -vE "$package_noise") 2>&1
    summary+=$(printf '%6d s  %s' $((SECONDS - begin)) "$current")$'\n'
    current=
}

in_source() { in_debian "$root" "${cache[@]}" "cd /src && $1"; }

fill() {
    if ! fill_debian "$root" "$suite" >"$folder/debootstrap.log" 2>&1; then
        tail -n 20 "$folder/debootstrap.log" >&2
        return 1
    fi
    carry_settings "$root" "$suite"
    mkdir "$root/src"
    tar --exclude=./build --exclude=./.git -cf - . | tar -xf - -C "$root/src"
    [ ${#cache[@]} -eq 0 ] || in_debian "$root" '. /src/scripts/lib/packages.sh && install_packages "ccache keeps what was compiled"'
}

step "bare system, filled" fill
step "./scripts/run.sh --once" in_source './scripts/run.sh --once'
step "./scripts/test.sh" in_source './scripts/test.sh'
step "./scripts/run.sh --once, which leaves what test.sh has built" \
    in_source './scripts/run.sh --once && cmake --build --preset release | grep "no work to do"'
step "plugin files by both compilers" in_source './scripts/test.sh --campaign plugin-compilers'

echo
echo "Debian $(cat "$root/etc/debian_version"), $(in_source 'g++ --version | head -n 1'):"
printf '%s' "$summary"
