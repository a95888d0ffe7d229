# Configures and builds a preset. Sourced by the scripts; expects the current folder to be the project's.

# configure_preset PRESET [CMAKE-ARGUMENT…]
configure_preset() {
    local preset=$1
    shift
    local log="build/$preset/build.log"
    mkdir -p "build/$preset"
    if ! cmake --preset "$preset" "$@" >"$log" 2>&1; then
        cat "$log" >&2
        echo "configuring the preset '$preset' failed (see above)" >&2
        return 1
    fi
}

# A tree keeps the tests that it has, for whoever goes on by cmake and ctest. One that could not build them, since the Catch2 it
# knows is gone, has none.
has_tests() {
    local catch2
    catch2=$(sed -n 's/^Catch2_DIR:PATH=//p' "build/$1/CMakeCache.txt" 2>/dev/null) && [ -d "$catch2" ]
}

# build_programs PRESET TARGET…: those targets, without need of what only the tests need.
build_programs() {
    local preset=$1 arguments=()
    shift
    has_tests "$preset" || arguments=(-DBUILD_TESTING=OFF)
    configure_preset "$preset" "${arguments[@]}" && build_targets "$preset" "$@"
}

# build_tests PRESET [CTEST-ARGUMENT…]: what the tests need that these arguments choose. A test program is a target of the test's
# name; where some test is none, everything is built. Without arguments, everything.
build_tests() {
    local preset=$1
    shift
    configure_preset "$preset" -DBUILD_TESTING=ON || return 1
    local tests=() known name
    if [ $# -gt 0 ]; then
        known=$(cmake --build --preset "$preset" --target help | sed -n 's/^\([A-Za-z0-9_-]*\): phony$/\1/p')
        while read -r name; do
            if ! grep -qx "$name" <<<"$known"; then
                tests=()
                break
            fi
            tests+=("$name")
        done < <(ctest --preset "$preset" -N "$@" | sed -n 's/^ *Test *#[0-9]*: //p')
    fi
    build_targets "$preset" "${tests[@]}"
}

# build_targets PRESET [TARGET…]: in a configured tree; quiet unless it fails.
build_targets() {
    local preset=$1
    shift
    local log="build/$preset/build.log"
    local targets=()
    [ $# -eq 0 ] || targets=(--target "$@")
    echo "building $preset (the first time takes some minutes)"
    if ! cmake --build --preset "$preset" "${targets[@]}" -- -j2 >>"$log" 2>&1; then
        grep -E 'error|FAILED|undefined reference' "$log" | head -40 >&2
        echo "building the preset '$preset' failed; the whole output is in $log" >&2
        return 1
    fi
}
