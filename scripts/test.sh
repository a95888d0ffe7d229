#!/usr/bin/env bash
# Sets up what is missing, builds a preset and runs its tests.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
. scripts/lib/packages.sh
. scripts/lib/build.sh

usage() {
    cat <<'EOT'
usage: scripts/test.sh [--preset NAME] [--label LABEL] [--campaign NAME] [FILTER]

Installs missing Debian packages (as root or through sudo), builds and runs the tests.

  --preset NAME    release (default), debug, asan or tsan
  --label LABEL    only tests of a kind: unit, conformance, integration, simulation, fault, e2e
  --campaign NAME  one long campaign instead of the tests; scripts/campaigns/ holds them
  FILTER           only tests whose name matches this regular expression; only what they need is built
EOT
}

preset=release
campaign=
ctest_arguments=()
while [ $# -gt 0 ]; do
    case "$1" in
    --preset | --label | --campaign)
        if [ -z "${2:-}" ]; then echo "$1 needs a name" >&2; usage >&2; exit 2; fi
        ;;&
    --preset) preset=$2; shift 2 ;;
    --label) ctest_arguments+=(-L "$2"); shift 2 ;;
    --campaign) campaign=$2; shift 2 ;;
    -h | --help) usage; exit 0 ;;
    -*) echo "unknown option $1" >&2; usage >&2; exit 2 ;;
    *) ctest_arguments+=(-R "$1"); shift ;;
    esac
done

case "$preset" in
release | debug | asan | tsan) ;;
*) echo "unknown preset '$preset': release, debug, asan or tsan" >&2; exit 2 ;;
esac
if [ -n "$campaign" ] && [ ! -x "scripts/campaigns/$campaign.sh" ]; then
    known=
    for file in scripts/campaigns/*.sh; do [ ! -x "$file" ] || known+=" $(basename "$file" .sh)"; done
    echo "unknown campaign '$campaign'; there are:${known:- none}" >&2
    exit 2
fi

[ -z "$campaign" ] || exec "scripts/campaigns/$campaign.sh" "$preset"
install_for_tests
build_tests "$preset" "${ctest_arguments[@]}"
ctest --preset "$preset" "${ctest_arguments[@]}"
