# Configures and builds a preset. Sourced by the scripts; expects the current folder to be the project's.

configure_preset() {
    local log="build/$1/build.log"
    mkdir -p "build/$1"
    if ! cmake --preset "$1" >"$log" 2>&1; then
        cat "$log" >&2
        echo "configuring the preset '$1' failed (see above)" >&2
        return 1
    fi
}

# build_tests PRESET [CTEST-ARGUMENT…]: what the tests need that these arguments choose. A test program is a target of the test's
# name; where some test is none, everything is built.
build_tests() {
    local preset=$1
    shift
    local tests=() known name
    if [ $# -gt 0 ]; then
        configure_preset "$preset" || return 1
        known=$(cmake --build --preset "$preset" --target help | sed -n 's/^\([A-Za-z0-9_-]*\): phony$/\1/p')
        while read -r name; do
            if ! grep -qx "$name" <<<"$known"; then
                tests=()
                break
            fi
            tests+=("$name")
        done < <(ctest --preset "$preset" -N "$@" | sed -n 's/^ *Test *#[0-9]*: //p')
    fi
    build_preset "$preset" "${tests[@]}"
}

# build_preset PRESET [TARGET…]: quiet unless it fails.
build_preset() {
    local preset=$1
    shift
    local log="build/$preset/build.log"
    configure_preset "$preset" || return 1
    local targets=()
    [ $# -eq 0 ] || targets=(--target "$@")
    echo "building $preset (the first time takes some minutes)"
    if ! cmake --build --preset "$preset" "${targets[@]}" -- -j2 >>"$log" 2>&1; then
        grep -E 'error|FAILED|undefined reference' "$log" | head -40 >&2
        echo "building the preset '$preset' failed; the whole output is in $log" >&2
        return 1
    fi
}
