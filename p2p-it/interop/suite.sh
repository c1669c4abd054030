#!/usr/bin/env bash
# All scenarios against one version. Started by run.sh inside a namespace that has only loopback. The lanes run side by side, the
# scenarios of a lane one after the other.
set -eu

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
ip link set lo up
work=$(mktemp -d "${TMPDIR:-/tmp}/p2p-interop-$VERSION.XXXXXX")

lanes=(
    "keep-alive"
    "no-pex addrbook"
    "discovery seed"
    "probe refusals recovery bulk oracle"
)
if [ -n "${SCENARIOS:-}" ]; then lanes=("$SCENARIOS"); fi

net=0
run_lane() {
    local scenario begin
    for scenario; do
        begin=$SECONDS
        LOGS=$work/$scenario NET=127.0.$((net * 10 + $#)) bash "$here/scenario/$scenario.sh" >"$work/$scenario.txt" 2>&1 || true
        shift
        { sed "s/^/$VERSION $scenario: /" "$work/$scenario.txt"; echo "$VERSION $scenario: took $((SECONDS - begin)) s"; } \
            | flock "$work" cat
    done
}

jobs=()
for lane in "${lanes[@]}"; do
    net=$((net + 1))
    # shellcheck disable=SC2086
    run_lane $lane &
    jobs+=($!)
done
trap 'kill "${jobs[@]}" 2>/dev/null; wait; exit 130' INT TERM HUP
wait

# A scenario that did not come to its end has no counts, and failed for that.
passed=0 failed=0
for scenario in ${lanes[*]}; do
    counts=$(grep '^counts ' "$work/$scenario.txt") || { counts="counts 0 passed, 1 failed"; echo "$VERSION $scenario: FAIL it did not end"; }
    read -r _ p _ f _ <<<"$counts"
    passed=$((passed + p)) failed=$((failed + f))
done
echo "$VERSION: $passed passed, $failed failed, $SECONDS s"
if [ "$failed" = 0 ]; then rm -rf "$work"; else echo "$VERSION: logs and homes are in $work"; fi
[ "$failed" = 0 ]
