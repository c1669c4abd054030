#!/usr/bin/env bash
# Workload W5, ours and CometBFT's in turn: one JSON line for each run, and at the end the ratio of handshakes for each core-second.
# Both talk to loopback only, and each run is a fresh process. Needs what `mvn package` made, and Go with CometBFT's module in its cache.
#
#   ROUNDS      default 3
#   CLIENTS     default 8
#   WARM_UP     the least seconds before a JVM is measured, and 20 000 handshakes in any case; default 10 (Go: 1)
#   P2P_CIPHER  our suite; default: the one that a node would take
#   SECONDS_EACH  seconds that are measured; default 4
set -eu

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
go=$here/target/handshake-go
(cd "$here/go" && go build -o "$go" ./handshake)

lines=$(mktemp)
trap 'rm -f "$lines"' EXIT
for _ in $(seq "${ROUNDS:-3}"); do
    "$go" "${CLIENTS:-8}" 1 "${SECONDS_EACH:-4}" | tee -a "$lines"
    "$here/run.sh" handshake "${CLIENTS:-8}" "${WARM_UP:-10}" "${SECONDS_EACH:-4}" | tee -a "$lines"
done
# median IMPLEMENTATION: of the rates in its lines
median() {
    grep "\"impl\":\"$1\"" "$lines" | sed 's/.*"perCoreSec":\([0-9.]*\).*/\1/' | sort -n \
        | awk '{ rate[NR] = $1 } END { print (rate[int((NR + 1) / 2)] + rate[int(NR / 2) + 1]) / 2 }'
}
ours=$(median p2p-java)
theirs=$(median comet-go)
awk -v ours="$ours" -v theirs="$theirs" 'BEGIN {
    printf "{\"bench\":\"handshake\",\"ratio\":%.3f,\"oursPerCoreSec\":%.0f,\"cometPerCoreSec\":%.0f}\n", ours / theirs, ours, theirs }'
