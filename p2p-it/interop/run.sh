#!/usr/bin/env bash
# Proves `p2p` against real CometBFT v0.38.25 nodes: installs the node once, then runs scenario.sh in a network namespace that
# has nothing but loopback. About 100 seconds.
#
#   P2P_BIN            the program; default: the image in p2p-cli/target
#   WATCH              seconds during which one connection is watched; default 75 (one keep-alive round), 300 by hand
#   P2P_INTEROP_CACHE  where the node is installed; default: p2p-interop/v0.38.25 in the user's cache folder
#   P2P_REQUIRE_GO     1: fail instead of skipping when something is missing here
set -eu

VERSION=0.38.25
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cache=${P2P_INTEROP_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/p2p-interop/v$VERSION}

# missing SENTENCE: ends the run, which needs something that this machine does not have
missing() {
    if [ "${P2P_REQUIRE_GO:-0}" = 1 ]; then
        echo "interop: FAILED, and P2P_REQUIRE_GO=1 forbids to skip: $1" >&2
        exit 1
    fi
    echo "interop: SKIPPED, $1"
    exit 0
}

for tool in go ip unshare curl timeout; do
    command -v "$tool" >/dev/null || missing "the program '$tool' is not installed"
done
# Root may lack user namespaces (in a container), everybody else needs one.
isolate=
for flags in -rn -n; do
    if unshare "$flags" ip link set lo up 2>/dev/null; then
        isolate=$flags
        break
    fi
done
[ -n "$isolate" ] || missing "this user may not make a network namespace (unshare -rn)"

P2P_BIN=${P2P_BIN:-$(cd "$here/../.." && pwd)/p2p-cli/target/image/bin/p2p}
if [ ! -x "$P2P_BIN" ]; then
    echo "interop: FAILED, there is no program $P2P_BIN: build the image first, or name it with P2P_BIN" >&2
    exit 1
fi

if [ ! -x "$cache/cometbft" ]; then
    echo "interop: installing CometBFT v$VERSION into $cache (once, about a minute)"
    mkdir -p "$cache"
    log=$(GOBIN=$cache timeout 600 go install "github.com/cometbft/cometbft/cmd/cometbft@v$VERSION" 2>&1) \
        || missing "CometBFT v$VERSION could not be installed: $(printf '%s\n' "$log" | tail -n 1)"
fi
found=$("$cache/cometbft" version)
if [ "$found" != "$VERSION" ]; then
    echo "interop: FAILED, $cache/cometbft is version $found; remove it" >&2
    exit 1
fi

export P2P_BIN VERSION COMETBFT="$cache/cometbft" WATCH="${WATCH:-75}"
exec unshare "$isolate" bash "$here/scenario.sh"
