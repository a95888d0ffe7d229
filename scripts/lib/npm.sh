# Installs the official npm packages that judge the gateway and the simulator. Sourced by the scripts and by the judges' tests.

JUDGES_SOURCE=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../tests/e2e/judges" && pwd)

# install_judges BUILD_DIR: leaves the judges' scripts and their packages in BUILD_DIR/judges; runs npm only if the lock file has
# changed since. Several may call it at once.
install_judges() {
    local target=$1/judges command
    for command in node npm; do
        if ! command -v "$command" >/dev/null; then
            echo "'$command' is missing, which the independent judges need: install the Debian packages nodejs and npm" >&2
            return 1
        fi
    done
    mkdir -p "$target"
    (
        flock 9
        cp "$JUDGES_SOURCE"/*.mjs "$target"
        cmp -s "$JUDGES_SOURCE/package-lock.json" "$target/installed-lock.json" && exit 0
        cp "$JUDGES_SOURCE"/package.json "$JUDGES_SOURCE"/package-lock.json "$JUDGES_SOURCE"/.npmrc "$target"
        echo "installing the judges' npm packages into $target"
        cd "$target"
        if ! npm ci --ignore-scripts --no-audit --no-fund >npm.log 2>&1; then
            cat npm.log >&2
            echo "npm could not install the judges' packages (see above)" >&2
            exit 1
        fi
        cp package-lock.json installed-lock.json
    ) 9>"$target/.lock"
}

# lock_judges: writes the lock file anew after a change of package.json, without download addresses and host names.
lock_judges() {
    (
        cd "$JUDGES_SOURCE"
        npm install --package-lock-only --ignore-scripts
        node -e '
            const fs = require("fs");
            const lock = JSON.parse(fs.readFileSync("package-lock.json"));
            for (const entry of Object.values(lock.packages)) { delete entry.resolved; delete entry.funding; }
            fs.writeFileSync("package-lock.json", JSON.stringify(lock, null, 2) + "\n");'
    )
}
