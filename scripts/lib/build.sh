# Configures and builds a preset. Sourced by the scripts; expects the current folder to be the project's.

# build_preset PRESET [TARGET…]: quiet unless it fails.
build_preset() {
    local preset=$1
    shift
    local log="build/$preset/build.log"
    mkdir -p "build/$preset"
    if ! cmake --preset "$preset" >"$log" 2>&1; then
        cat "$log" >&2
        echo "configuring the preset '$preset' failed (see above)" >&2
        return 1
    fi
    local targets=()
    [ $# -eq 0 ] || targets=(--target "$@")
    echo "building $preset (the first time takes some minutes)"
    if ! cmake --build --preset "$preset" "${targets[@]}" -- -j2 >>"$log" 2>&1; then
        grep -E 'error|FAILED|undefined reference' "$log" | head -40 >&2
        echo "building the preset '$preset' failed; the whole output is in $log" >&2
        return 1
    fi
}
