# shellcheck shell=sh
# What ./antinomy and tests/run share: packages, the lock on the build, building, and whether there
# is anything to build. To be read by `.` with `root` set to the top level of the project. Messages
# go to stderr, the whole output of apt, CMake and the compiler to files in build/. What fails ends
# the script with exit code 2. Every start reads this file: only functions, nothing that runs.

program_packages='g++ cmake ninja-build pkg-config libboost-dev libhowardhinnant-date-dev
    libyaml-cpp-dev libfyaml-dev libspdlog-dev libcli11-dev nlohmann-json3-dev libre2-dev
    libutf8proc-dev tzdata libsimdjson-dev libmimalloc-dev libzstd-dev zlib1g-dev
    nettle-dev'

program=$root/build/release/antinomy

say() { printf '%s\n' "antinomy: $*" >&2; }

give_up() {
    say "$@"
    exit 2
}

# Runs a command with its output in a log; if it fails, the end of the log is shown.
logged() { # LOG WHAT COMMAND...
    log=$1 what=$2
    shift 2
    "$@" >"$log" 2>&1 </dev/null || {
        status=$?
        tail -n 30 -- "$log" >&2
        give_up "$what failed (exit $status); all of its output: $log"
    }
}

# Those of the packages that are not installed, a blank before each. A tool counts as there when it
# can be called, wherever it comes from; without dpkg nothing is known about libraries.
missing_packages() {
    for package in "$@"; do
        case $package in
            g++ | cmake | pkg-config) command -v "$package" >/dev/null && continue ;;
            ninja-build) command -v ninja >/dev/null && continue ;;
        esac
        command -v dpkg-query >/dev/null || continue
        case $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || :) in
            installed*) ;;
            *) printf ' %s' "$package" ;;
        esac
    done
}

apt_install() {
    export DEBIAN_FRONTEND=noninteractive
    set -- apt-get -y --no-install-recommends -o DPkg::Lock::Timeout=600 -o Acquire::Retries=3 \
        install "$@"
    # Fails where the lists are missing or old; only then are they fetched.
    "$@" || { apt-get -o Acquire::Retries=3 update && "$@"; }
}

install_packages() {
    missing=$(missing_packages "$@")
    if [ -z "$missing" ]; then return; fi
    if [ "$(id -u)" -ne 0 ]; then
        say "packages that the build needs are missing; as root type this, then start again:"
        printf '%s\n' "    apt-get update && apt-get install --no-install-recommends$missing" >&2
        exit 2
    fi
    say "installing what the build needs:$missing"
    # shellcheck disable=SC2086 # a list of names
    logged "$root/build/install.log" "apt-get" apt_install $missing
}

# As many compilers at once as there are processors, but no more than the free memory can feed: a
# grammar takes up to 0.5 GB to compile, more under the sanitizers; 1 GB leaves room.
jobs_at_once() {
    count=$(nproc 2>/dev/null || echo 1)
    if [ -r /proc/meminfo ]; then
        while read -r name amount _; do
            if [ "$name" = MemAvailable: ] && [ $((amount / 1000000)) -lt "$count" ]; then
                count=$((amount / 1000000))
            fi
        done </proc/meminfo
    fi
    if [ "$count" -lt 1 ]; then count=1; fi
    printf '%s\n' "$count"
}

# Two starts at once build one after the other. The lock ends with unlock_build or the script.
lock_build() {
    if ! { mkdir -p "$root/build" && : >>"$root/build/.lock"; } 2>/dev/null; then
        give_up "there is something to build, but $root/build cannot be written; build as its owner"
    fi
    root=$(CDPATH='' cd -- "$root" && pwd)
    exec 9>>"$root/build/.lock"
    if ! flock -n 9; then
        say "waiting for another build of this folder"
        flock 9
    fi
}

unlock_build() { exec 9>&-; }

# Whether build/PRESET was configured, and for this folder: CMake refuses one that was moved.
configured() { # PRESET
    [ -f "$root/build/$1/build.ninja" ] &&
        grep -qsxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$root/build/$1/CMakeCache.txt"
}

configure() { # PRESET OPTION...
    preset=$1
    shift
    if ! configured "$preset"; then set -- --fresh "$@"; fi
    logged "$root/build/$preset.log" "configuring" cmake -S "$root" --preset "$preset" "$@"
}

compile() { # PRESET OPTION...
    preset=$1
    shift
    logged "$root/build/$preset.log" "building" \
        cmake --build "$root/build/$preset" --parallel "$(jobs_at_once)" "$@"
}

# One line a source: time in seconds, size, name; '!' where it is newer than the file given. So an
# older source put over a newer one shows as well, and one removed.
sources() (
    CDPATH='' cd -- "$root" || exit
    exec find CMakeLists.txt CMakePresets.json grammar src -type f ! -name '*.md' \
        \( -newer "$1" -printf '!' -o -true \) -printf '%Ts %s %p\n' 2>&1
)

# Whether the program is built from the sources as they are; build/release.sources lists them as
# they were when the last successful build began.
current() {
    [ -x "$program" ] && [ -f "$root/build/release.sources" ] &&
        sources build/release.sources | cmp -s - "$root/build/release.sources"
}

# Lists the sources before a build begins; the list is kept once the build has succeeded. A source
# that has changed, but whose time lies before the last build (unpacked over the old one, say),
# would look built to ninja, which compares times: it gets the present one.
note_sources() {
    kept=$root/build/release.sources
    if [ -f "$kept" ]; then
        sources build/release.sources | grep -vxF -f "$kept" | while read -r _ _ file; do
            find "$root/$file" ! -newer "$kept" -exec touch {} + 2>/dev/null || :
        done
    fi
    : >"$kept.begin"
    sources build/release.sources.begin >"$kept.new"
    touch -r "$kept.begin" "$kept.new"
}

keep_sources() { mv -f -- "$root/build/release.sources.new" "$root/build/release.sources"; }

# Builds the program alone, in the folder that tests/run uses too, so that nothing is compiled
# twice. Tests are off at first, so that a start needs no GoogleTest; once tests/run has switched
# them on, they stay on.
build_program() {
    lock_build
    if current; then # another start has built it meanwhile
        unlock_build
        return
    fi
    # shellcheck disable=SC2086 # a list of names
    install_packages $program_packages
    if configured release; then
        say "building what has changed"
    else
        say "building (once; takes some minutes)"
    fi
    note_sources
    if ! configured release; then configure release -DANTINOMY_TESTS=OFF; fi
    compile release --target antinomy
    keep_sources
    unlock_build
}
