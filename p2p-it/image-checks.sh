#!/usr/bin/env bash
# Checks the image as its receiver meets it: on a machine without Java, moved elsewhere, behind links, in paths with spaces.
#
#   P2P_IMAGE          the image; default: p2p-cli/target/image
#   P2P_MAX_MEGABYTES  its largest size, in millions of bytes; default 80
#   P2P_MAX_CPU        the most processor time that `p2p version` may take, in milliseconds, best of ten; without it the time is
#                      shown and nothing more, because other machines and busy ones are slower
set -u

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
image=${P2P_IMAGE:-$here/../p2p-cli/target/image}
work=$(mktemp -d "${TMPDIR:-/tmp}/p2p image checks.XXXXXX")
trap 'rm -rf "$work"' EXIT
failed=0

# check WHAT COMMAND...: says how it went
check() {
    local what=$1 said
    shift
    if said=$("$@" 2>&1); then
        echo "image: ok      $what${said:+ ($said)}"
    else
        echo "image: FAILED  $what: $said"
        failed=$((failed + 1))
    fi
}

# A machine without Java: a PATH with the three programs that the launcher uses, and nothing else in the environment.
mkdir "$work/bin"
for tool in sh dirname readlink; do
    ln -s "$(command -v $tool)" "$work/bin/$tool"
done
bare() {
    env -i PATH="$work/bin" HOME="$work" "$@"
}

is_small() {
    local bytes=$(($(du -sk "$image" | cut -f 1) * 1024)) most=$((${P2P_MAX_MEGABYTES:-80} * 1000000))
    echo "$((bytes / 100000))00 kB"
    [ "$bytes" -le "$most" ]
}

# answers PROGRAM: `version` works and says nothing but its answer
answers() {
    local out
    out=$(bare "$1" version 2>"$work/err") || { echo "exit $?: $(cat "$work/err")"; return 1; }
    [ -n "$out" ] || { echo "no answer"; return 1; }
    [ ! -s "$work/err" ] || { echo "on standard error: $(cat "$work/err")"; return 1; }
}

# is_quiet ARGUMENT...: no warning of the JVM's, on either stream
is_quiet() {
    bare "$image/bin/p2p" "$@" >"$work/all" 2>&1 </dev/null
    if grep -n 'WARNING' "$work/all"; then
        return 1
    fi
}

uses_its_class_archive() {
    P2P_JAVA_OPTS=-Xshare:on "$1" version >/dev/null
}

# stops_in_time SIGNAL: a node ends within 5 s of it, with exit 0
stops_in_time() {
    local node began took code
    rm -f "$work/out"
    # A shell lets what it starts in the background ignore Ctrl-C; a user's would not.
    env --default-signal=INT "$image/bin/p2p" node run --home "$work/node $1" >"$work/out" 2>"$work/err" &
    node=$!
    for _ in $(seq 300); do
        grep -q '^listening ' "$work/out" 2>/dev/null && break
        sleep 0.1
    done
    began=$(date +%s%N)
    kill "-$1" "$node"
    wait "$node"
    code=$?
    took=$((($(date +%s%N) - began) / 1000000))
    echo "exit $code after $took ms"
    [ "$code" -eq 0 ] && [ "$took" -le 5000 ] && grep -q '^listening ' "$work/out"
}

# needs_only_loopback: the demo, on a machine whose only network is lo; every node meets every other
needs_only_loopback() {
    unshare --user --map-root-user --net sh -c '
        ip link set lo up && exec "$0" demo --nodes 3 --for 5s --home "$1"
    ' "$image/bin/p2p" "$work/demo" >"$work/all" 2>&1 </dev/null || { cat "$work/all"; return 1; }
    grep '^ran .* with 3 nodes and 3 connections' "$work/all"
}

cpu_milliseconds() {
    local TIMEFORMAT='%U %S' best= used
    for _ in 1 2 3 4 5 6 7 8 9 10; do
        used=$({ time "$image/bin/p2p" version >/dev/null; } 2>&1 | awk '{ printf "%d", ($1 + $2) * 1000 }')
        if [ -z "$best" ] || [ "$used" -lt "$best" ]; then
            best=$used
        fi
    done
    echo "$best ms"
    [ "$best" -le "${P2P_MAX_CPU:-$best}" ]
}

if [ ! -x "$image/bin/p2p" ]; then
    echo "image: FAILED  there is none at $image: run mvn verify first"
    exit 1
fi

mkdir "$work/a place"
cp -R "$image" "$work/a place/moved image"
ln -s "a place/moved image/bin/p2p" "$work/link to p2p"
ln -s "$work/link to p2p" "$work/a place/link to the link"

check "is at most ${P2P_MAX_MEGABYTES:-80} MB" is_small
check "works without Java on the machine" answers "$image/bin/p2p"
check "works from another folder, with spaces" answers "$work/a place/moved image/bin/p2p"
check "works behind links, with spaces" answers "$work/a place/link to the link"
check "starts from its class archive" uses_its_class_archive "$image/bin/p2p"
check "starts from its class archive where it was moved" uses_its_class_archive "$work/a place/moved image/bin/p2p"
check "'--help' says no warning" is_quiet --help
check "'plugins' says no warning" is_quiet plugins
check "processor time of 'version'${P2P_MAX_CPU:+ is at most $P2P_MAX_CPU ms}" cpu_milliseconds
check "a node ends in order within 5 s of SIGTERM" stops_in_time TERM
check "a node ends in order within 5 s of Ctrl-C" stops_in_time INT
check "'demo' needs no network beyond loopback" needs_only_loopback

[ "$failed" -eq 0 ]
