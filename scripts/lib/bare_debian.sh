# A bare Debian in a folder, filled from the registry that this machine's apt uses. Sourced by campaigns; needs root.

# Certificates that the bare system trusts when it asks registries: this machine's.
MACHINE_CERTIFICATES=/etc/machine-certificates.pem

# find_registry SUITE: sets registry to the address of Debian's packages of that suite, registry_entry to the file of apt's
# configuration that names it. apt itself reads its configuration, whichever form that has, and fetches.
find_registry() {
    local file found=
    file=$(mktemp)
    while read -r registry registry_entry; do
        /usr/lib/apt/apt-helper -qq -o APT::Sandbox::User=root download-file "${registry}dists/$1/InRelease" "$file" 2>/dev/null &&
            grep -qx 'Origin: Debian' "$file" && grep -qx "Codename: $1" "$file" && found=true && break
    done < <(apt-get indextargets --format '$(REPO_URI) $(SOURCESENTRY)' 'Created-By: Packages' | sed 's/:[0-9]*$//' | sort -u)
    rm -f "$file"
    [ -n "$found" ]
}

# entry_option NAME: what the entry that names the registry says of signed-by or trusted, in either form of apt's sources.
entry_option() {
    [ -f "$registry_entry" ] || return 0
    sed -nE "s/^(deb .*\[(.* )?$1=|$1: *)([^] ]+).*/\3/Ip" "$registry_entry" | head -n 1
}

apt_setting() {
    local value
    eval "$(apt-config shell value "$1")"
    echo "${value:-}"
}

# fill_debian ROOT SUITE: what debootstrap calls minbase. Proxies are named to it as apt knows them.
fill_debian() {
    local root=$1 suite=$2 options=(--variant=minbase) proxies=() key proxy
    key=$(entry_option signed-by)
    if [ -f "$key" ]; then options+=(--keyring="$key"); fi
    [ "$(entry_option trusted)" != yes ] || options+=(--no-check-gpg)
    for key in http https; do
        proxy=$(apt_setting "Acquire::$key::Proxy")
        [ -z "$proxy" ] || [ "$proxy" = DIRECT ] || proxies+=("${key}_proxy=$proxy")
    done
    local script=/usr/share/debootstrap/scripts/$suite # a debootstrap that is older than the suite has none
    [ -e "$script" ] || script=/usr/share/debootstrap/scripts/sid
    in_namespaces env "${proxies[@]}" debootstrap "${options[@]}" "$suite" "$root" "$registry" "$script"
}

# carry_settings ROOT SUITE: the way to the registries of packages, as this machine has it.
carry_settings() {
    local root=$1 suite=$2 key file entry=""
    cp -L /etc/resolv.conf /etc/hosts "$root/etc/"

    local certificates=(/etc/ssl/certs/ca-certificates.crt "$(apt_setting Acquire::https::CAInfo)" "${NODE_EXTRA_CA_CERTS:-}")
    if command -v npm >/dev/null; then certificates+=("$(npm config get cafile)"); fi
    for file in "${certificates[@]}"; do
        [ ! -f "$file" ] || cat "$file"
    done >"$root$MACHINE_CERTIFICATES"

    key=$(entry_option signed-by)
    if [ -f "$key" ]; then
        install -D -m 0644 "$key" "$root$key"
        entry="signed-by=$key"
    fi
    [ "$(entry_option trusted)" != yes ] || entry+=" trusted=yes"
    echo "deb ${entry:+[$entry] }$registry $suite main" >"$root/etc/apt/sources.list"
    # Not what apt runs before and after: the programs are not there.
    {
        apt-config dump | grep -E '^Acquire::(https?::|ftp::|Retries|Check-|Force|Allow)' | grep -viE '::CAInfo' || true
        [ ! -s "$root$MACHINE_CERTIFICATES" ] || echo "Acquire::https::CAInfo \"$MACHINE_CERTIFICATES\";"
    } >"$root/etc/apt/apt.conf.d/99machine"
    for file in $(apt-config dump | sed -nE 's/^Acquire::.*::(SslCert|SslKey|Proxy-Auto-Detect) "(\/.*)";$/\2/p'); do
        cp --parents "$file" "$root"
    done
    for file in /etc/apt/auth.conf /etc/apt/auth.conf.d; do
        [ ! -e "$file" ] || cp -a --parents "$file" "$root"
    done

    # What npm reads for everybody, then what it reads for this user, which counts more.
    (
        umask 077
        if command -v npm >/dev/null; then
            for key in globalconfig userconfig; do
                file=$(npm config get "$key")
                [ ! -f "$file" ] || grep -v '^ *cafile' "$file" || true
            done
        fi >"$root/root/.npmrc"
    )
}

# in_namespaces COMMAND…: with mounts and processes of its own, which end with the command, or with this script.
namespaces=
in_namespaces() {
    local exit_code=0
    set -m # else the command and its children would ignore SIGINT, as what runs in the background does
    unshare --mount --propagation private --pid --fork --kill-child "$@" </dev/null &
    namespaces=$!
    set +m
    wait "$namespaces" || exit_code=$?
    namespaces=
    return "$exit_code"
}

end_namespaces() {
    [ -n "$namespaces" ] || return 0
    kill -KILL "$namespaces" 2>/dev/null || true
    wait "$namespaces" 2>/dev/null || true
}

# in_debian ROOT [--bind FROM TO] COMMAND: a shell command in that system, with nothing of this machine's environment but the way
# to the registries.
in_debian() {
    local root=$1 from="" to=""
    shift
    if [ "$1" = --bind ]; then
        from=$2 to=$3
        shift 3
    fi
    local environment=(HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 TERM=dumb) variable
    if [ -s "$root$MACHINE_CERTIFICATES" ]; then
        environment+=("npm_config_cafile=$MACHINE_CERTIFICATES" "NODE_EXTRA_CA_CERTS=$MACHINE_CERTIFICATES")
    fi
    while read -r variable; do environment+=("$variable"); done < <(
        env | grep -iE '^(https?_proxy|no_proxy|all_proxy|npm_config_[a-z_]+)=' | grep -viE '^npm_config_(cafile|(user|global)config|prefix)='
    )
    # shellcheck disable=SC2016
    in_namespaces sh -euc '
        root=$1 from=$2 to=$3
        shift 3
        mount -t proc proc "$root/proc"
        mount -t tmpfs tmpfs "$root/dev/shm"
        mount -t devpts -o newinstance,ptmxmode=0666 devpts "$root/dev/pts"
        if [ -n "$from" ]; then
            mkdir -p "$root$to"
            mount --bind "$from" "$root$to"
        fi
        chroot "$root" env -i "$@"' sh "$root" "$from" "$to" "${environment[@]}" bash -c "$1"
}
