# Installs what the build and the tests need and this machine lacks. Sourced by the scripts. These names are the same in
# Debian 12 and 13; those of the libraries that a machine without a compiler needs are not: docs/guides/operator.md has them.

# One line a package: name and what it is for.
BUILD_PACKAGES='
g++                      the compiler
cmake                    configures the build
ninja-build              runs the build
libpoco-dev              HTTP server and client, TLS, JSON
libssl-dev               TLS and HMAC
libsqlite3-dev           the embedded store
libboost-dev             Boost.DLL, which loads plugins
libboost-filesystem-dev  needed by Boost.DLL
libspdlog-dev            the log
libtomlplusplus-dev      the config file
libicu-dev               characters of more than one code point in the SMS plugin
nlohmann-json3-dev       JSON in the SMS plugin
libphonenumber-dev       numbering plans in the SMS plugin
libprotobuf-dev          the headers of libphonenumber include its own
libcli11-dev             the command line
prometheus-cpp-dev       metrics
libcurl4-openssl-dev     looked for by the CMake package of prometheus-cpp
zlib1g-dev               looked for by the CMake package of prometheus-cpp
'
RUN_PACKAGES='
curl                     talks to the gateway in scripts
jq                       reads its answers
ca-certificates          the certificates that providers are checked against
'
TEST_PACKAGES='
catch2                   the C++ tests
nodejs                   runs the official npm packages that judge the gateway
openssl                  makes certificates for tests
binutils                 nm and readelf, which look into plugin files
clang-format             how the source is formatted, which a test checks
prometheus               promtool, which tests the alerts
'

# What the tests need, the programs' own needs included. npm comes last: where node brings it along, none must be asked for.
install_for_tests() {
    install_packages "$BUILD_PACKAGES" && install_packages "$RUN_PACKAGES" && install_packages "$TEST_PACKAGES" &&
        install_packages 'npm installs the official packages that judge the gateway'
}

is_installed() {
    dpkg-query -W -f '${Status}' "$1" 2>/dev/null | grep -q 'ok installed'
}

# node and npm may have come from elsewhere than Debian; Debian's npm would conflict with such a node. Of prometheus only promtool is
# wanted.
is_provided() {
    case "$1" in
    nodejs) command -v node >/dev/null ;;
    npm) command -v npm >/dev/null ;;
    prometheus) command -v promtool >/dev/null ;;
    *) is_installed "$1" ;;
    esac
}

# install_packages LIST: installs those of the list that are missing, saying which and why.
install_packages() {
    local missing=() name purpose
    while read -r name purpose; do
        [ -n "$name" ] || continue
        if ! is_provided "$name"; then
            missing+=("$name")
            echo "missing package: $name ($purpose)"
        fi
    done <<<"$1"
    [ ${#missing[@]} -gt 0 ] || return 0
    if ! command -v apt-get >/dev/null; then
        echo "These packages are missing and this is not a Debian system; install them by hand: ${missing[*]}" >&2
        return 1
    fi
    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        if ! command -v sudo >/dev/null; then
            echo "Run this as root, or install these packages first: ${missing[*]}" >&2
            return 1
        fi
        as_root=(sudo)
    fi
    echo "installing: ${missing[*]}"
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -qq
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
}
