#!/bin/sh
# Tries what a reader is told to type on a machine that has nothing: a minimal Debian 12 without
# git, sudo, locale or compiler. Builds such a tree by debootstrap, unpacks the last commit in it, runs
# the two commands of README.md, each in a tree of its own, and says what they exit with. Takes
# long (packages, then the whole build), so it is no part of tests/run. To be run as root.
#   tests/setup/bare.sh                 both
#   tests/setup/bare.sh --start         only ./antinomy check cases/tajikistan, then the same again
#   tests/setup/bare.sh --tests         only tests/run
#   options: --cache FILE   keep the bare tree in this tarball, and begin with it the next time
#            --from FOLDER  take the files of this folder as they are, not the last commit
#            --in FOLDER    where the trees go (default: a new one under ${TMPDIR:-/tmp})
#            --keep         leave them there afterwards
# Exit code: 0 if the start ended with 0 or 1 (findings), and tests/run with 0; else 1; 2 if a tree
# could not be made.
set -eu

self=$(readlink -f -- "$0")
root=${self%/tests/setup/bare.sh}
start=yes tests=yes cache='' from='' place='' keep=no

say() { printf '%s\n' "bare: $*" >&2; }
give_up() {
    say "$@"
    exit 2
}

while [ $# -gt 0 ]; do
    case $1 in
        --start) tests=no ;;
        --tests) start=no ;;
        --keep) keep=yes ;;
        --cache | --from | --in)
            [ $# -ge 2 ] || give_up "$1 needs a name after it"
            case $1 in
                --cache) cache=$2 ;;
                --from) from=$2 ;;
                --in) place=$2 ;;
            esac
            shift
            ;;
        *)
            sed -n '2,/^set/s/^# \{0,1\}//p' "$self" >&2
            exit 2
            ;;
    esac
    shift
done
[ "$start$tests" != nono ] || give_up "--start and --tests exclude one another; both is the default"
[ "$(id -u)" -eq 0 ] || give_up "to be run as root: it makes a tree and enters it"
for tool in debootstrap unshare chroot tar; do
    command -v "$tool" >/dev/null || give_up "$tool is missing: apt-get install debootstrap util-linux tar"
done

if [ -z "$place" ]; then place=$(mktemp -d "${TMPDIR:-/tmp}/bare.XXXXXX"); else mkdir -p "$place"; fi
place=$(readlink -f -- "$place")
clean() {
    if [ "$keep" = yes ]; then return; fi
    rm -rf -- "$place/bare" "$place/start" "$place/tests"
    rmdir -- "$place" 2>/dev/null || : # not if a log tells of a failure, nor a folder with more in it
}
trap clean EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# The first Debian mirror of this machine, in either form of its lists; Debian's own where none is.
mirror() {
    cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources 2>/dev/null |
        grep -v '^ *#' | grep -oE 'https?://[^ ]*/debian/?([[:blank:]]|$)' | head -n 1 |
        grep -oE '^.*/debian' || echo http://deb.debian.org/debian
}

make_bare() { # FOLDER
    if [ -n "$cache" ] && [ -f "$cache" ]; then
        mkdir -p "$1"
        tar -C "$1" -xpf "$cache"
        return
    fi
    from_mirror=$(mirror)
    say "making a bare Debian 12 from $from_mirror"
    debootstrap --variant=minbase bookworm "$1" "$from_mirror" >"$place/debootstrap.log" 2>&1 ||
        give_up "debootstrap failed, see $place/debootstrap.log"
    rm -f -- "$place/debootstrap.log"
    printf 'deb %s %s main\n' "$from_mirror" bookworm "$from_mirror" bookworm-updates \
        "${from_mirror%/debian*}/debian-security" bookworm-security >"$1/etc/apt/sources.list"
    # A mirror may need a proxy or hold old lists; how this machine reaches it is copied, nothing else.
    apt-config dump 2>/dev/null |
        grep -E '^Acquire::(http|https|Check-|Retries)[^ ]* ' >"$1/etc/apt/apt.conf.d/99host" || :
    rm -rf "$1/var/lib/apt/lists" "$1/var/cache/apt/archives"
    mkdir -p "$1/var/lib/apt/lists/partial" "$1/var/cache/apt/archives/partial"
    if [ -n "$cache" ]; then
        tar -C "$1" -czpf "$cache.new" .
        mv -f "$cache.new" "$cache"
    fi
}

# A second tree is copied from the first.
new_tree() { # NAME
    tree=$place/$1
    rm -rf -- "$tree"
    if [ ! -d "$place/bare" ]; then make_bare "$place/bare"; fi
    cp -a -- "$place/bare" "$tree"
    cp -L /etc/resolv.conf "$tree/etc/resolv.conf"
    # A network may sign with a certificate of its own; npm is told of it as it is told on this machine.
    if [ -r "${NODE_EXTRA_CA_CERTS:-}" ]; then cp -L -- "$NODE_EXTRA_CA_CERTS" "$tree/etc/host-certificates.pem"; fi
    mkdir -p "$tree/root/antinomy"
    if [ -n "$from" ]; then
        tar -C "$from" --exclude=./build --exclude=./.git -cf - . | tar -C "$tree/root/antinomy" -xf -
    else
        git -C "$root" archive HEAD | tar -C "$tree/root/antinomy" -xf -
    fi
    for absent in git sudo gcc python3; do
        [ ! -e "$tree/usr/bin/$absent" ] || give_up "the tree is not bare: it has $absent"
    done
}

# In a mount namespace of its own, so that nothing stays mounted; no variable but these is passed.
inside() { # COMMAND
    # shellcheck disable=SC2016 # for the inner shell to expand
    unshare --mount sh -c 'mount -t proc proc "$1/proc" && shift &&
        exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root TERM=dumb \
            ${http_proxy:+http_proxy="$http_proxy"} ${https_proxy:+https_proxy="$https_proxy"} \
            ${NODE_EXTRA_CA_CERTS:+NODE_EXTRA_CA_CERTS=/etc/host-certificates.pem} \
            "$@"' sh "$tree" chroot "$tree" sh -c "cd /root/antinomy && $1"
}

try() { # COMMAND
    began=$(date +%s)
    code=0
    inside "$1" || code=$?
    results="${results}exit $code after $(($(date +%s) - began)) s: $1
"
}

results='' failed=no
if [ "$start" = yes ]; then
    new_tree start
    try './antinomy check cases/tajikistan'
    case $code in 0 | 1) ;; *) failed=yes ;; esac
    try './antinomy check cases/tajikistan >/dev/null'
    case $code in 0 | 1) ;; *) failed=yes ;; esac
fi
if [ "$tests" = yes ]; then
    new_tree tests
    try 'tests/run'
    [ "$code" -eq 0 ] || failed=yes
fi
printf '%s' "$results"
if [ "$keep" = yes ]; then say "the trees are in $place"; fi
[ "$failed" = no ]
