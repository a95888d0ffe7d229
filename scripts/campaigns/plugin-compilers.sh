#!/usr/bin/env bash
# Plugin files as the preset's compiler, g++ on Debian, and as clang++ makes them, in a gateway of the preset's: their entry is the
# only symbol that leaves a file, none is a GNU unique one, and nothing of a file stays in memory once it is closed.
# Usage: scripts/campaigns/plugin-compilers.sh PRESET
set -euo pipefail
cd "$(dirname "$0")/../.."
preset=${1:?usage: $0 PRESET}
. scripts/lib/packages.sh
. scripts/lib/build.sh
install_for_tests
install_packages 'clang  another compiler for plugins'
build_tests "$preset" -R '^fault_plugins$'

tree=build/$preset-clang
mkdir -p "$tree"
echo "building the plugins with clang++"
if ! { cmake --preset "$preset" -B "$tree" -DBUILD_TESTING=ON -DCMAKE_C_COMPILER=clang -DCMAKE_CXX_COMPILER=clang++ &&
    cmake --build "$tree" --target jackgw-echo jackgw-sms jackgw_fixtures -- -j2; } >"$tree/build.log" 2>&1; then
    grep -E 'error|FAILED|undefined reference' "$tree/build.log" | head -40 >&2
    echo "clang++ could not build the plugins; the whole output is in $tree/build.log" >&2
    exit 1
fi

for tree in "build/$preset" "$tree"; do
    echo
    "$(sed -n 's/^CMAKE_CXX_COMPILER:[A-Z]*=//p' "$tree/CMakeCache.txt")" --version | head -n 1
    tests/unit/plugin_api/plugin_files_test.sh "$tree"
    JACKGW_TEST_PLUGIN_BUILD=$PWD/$tree "build/$preset/bin/fault_plugins"
done
