#!/usr/bin/env bash
# The same workload here and in CometBFT in turn: one JSON line for each run, and at the end a line for each figure with both medians
# and their ratio. All of it talks to loopback only, and each run is a fresh process. Needs what `mvn package` made, and Go with
# CometBFT's module in its cache.
#
#   beside-comet.sh                        all of these
#   beside-comet.sh handshake [CLIENTS]    W5: dial, shake hands, close; 8 clients
#   beside-comet.sh throughput [SIZE]      W4: one sender in a loop; 100 bytes. Ours is the whole stack, CometBFT's is its connection layer
#   beside-comet.sh urgent [no-bulk]       W7: 100 bytes every 10 ms beside 64 KiB messages without pause, or alone
#
#   ROUNDS      default 3
#   SECONDS_EACH  seconds that are measured (handshake, throughput); default 4
#   P2P_CIPHER  our suite; default: the one that a node would take
set -eu

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
built=$here/target/go
mkdir -p "$built"
(cd "$here/go" && go build -o "$built" ./handshake ./mconn)
seconds=${SECONDS_EACH:-4}
lines=$(mktemp)
trap 'rm -f "$lines"' EXIT

# median IMPLEMENTATION FIELD: of its lines
median() {
    sed -n "/\"impl\":\"$1\"/ s/.*\"$2\":\([0-9.e+-]*\).*/\1/p" "$lines" | sort -g \
        | awk '{ value[NR] = $1 } END { print (value[int((NR + 1) / 2)] + value[int(NR / 2) + 1]) / 2 }'
}

# compare NAME FIELD...: prints both medians of each field and ours divided by theirs
compare() {
    local name=$1 field
    shift
    for field in "$@"; do
        awk -v bench="$name" -v field="$field" -v ours="$(median p2p-java "$field")" -v comet="$(median comet-go "$field")" 'BEGIN {
            printf "{\"bench\":\"%s\",\"field\":\"%s\",\"ours\":%.4g,\"comet\":%.4g,\"ratio\":%.3g}\n", bench, field, ours, comet, ours / comet }'
    done
}

# in_turn 'THEIR COMMAND' 'OUR WORKLOAD AND PARAMETERS'
in_turn() {
    : >"$lines"
    for _ in $(seq "${ROUNDS:-3}"); do
        # shellcheck disable=SC2086
        "$built"/$1 | tee -a "$lines"
        # shellcheck disable=SC2086
        "$here/run.sh" $2 | tee -a "$lines"
    done
}

handshake() {
    in_turn "handshake ${1:-8} 1 $seconds" "handshake ${1:-8} 10 $seconds"
    compare handshake perCoreSec perSec p99Ms
}

throughput() {
    in_turn "mconn throughput ${1:-100} 1 $seconds" "throughput ${1:-100} 10 $seconds"
    compare "throughput ${1:-100}" msgPerSec mbPerSec cpuUsPerMsg
}

urgent() {
    in_turn "mconn urgent ${1-}" "urgent ${1-}"
    local fields="p50Ms p99Ms"
    [ "${1-}" = no-bulk ] || fields="$fields bulkMbPerSec"
    # shellcheck disable=SC2086
    compare "urgent${1:+ $1}" $fields
}

case ${1-all} in
    handshake | throughput | urgent) "$@" ;;
    all)
        handshake
        throughput 100
        throughput 1024
        throughput 65536
        urgent
        urgent no-bulk
        ;;
    *)
        sed -n 's/^#   \(beside.*\)/usage: \1/p' "${BASH_SOURCE[0]}" >&2
        exit 2
        ;;
esac
