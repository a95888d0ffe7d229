#!/usr/bin/env bash
# Runs one judge: run.sh BUILD_DIR SCRIPT.mjs [ARGUMENT…]. Installs its packages first if they are missing or outdated.
set -euo pipefail
. "$(dirname "$0")/../../../scripts/lib/npm.sh"
build=$1 script=$2
shift 2
if grep -Eq '"resolved"|"https?:' "$JUDGES_SOURCE/package-lock.json"; then
    echo "tests/e2e/judges/package-lock.json holds download addresses or host names: write it with lock_judges" >&2
    exit 1
fi
install_judges "$build"
exec node "$build/judges/$script" "$@"
