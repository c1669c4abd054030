#!/usr/bin/env bash
# What `p2p` must do beside real CometBFT nodes. Started by run.sh inside a namespace that has only loopback.
#
# 127.0.0.1  val   a validator, the one node that ours is told about
# 127.0.0.2  full  a full node that only val knows; it never dials, so ours can hear of it by peer exchange alone
# 127.0.0.5  ours
set -eu

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
LOGS=$(mktemp -d "${TMPDIR:-/tmp}/p2p-interop.XXXXXX")
LIFE=$((WATCH + 120))
# shellcheck source=support.sh
. "$here/support.sh"

leave() {
    local result=$?
    trap - EXIT
    stop_all
    if [ "$result" = 0 ]; then rm -rf "$LOGS"; else echo "interop: logs and homes are in $LOGS"; fi
    exit "$result"
}
trap leave EXIT
trap 'exit 130' INT TERM HUP

# give_up SENTENCE WHY: nothing that follows could succeed
give_up() {
    fail "$1" "$2"
    finish || exit 1
}

# A CometBFT node dials every address that it hears of, so it must not run where a packet could leave.
ip link set lo up
if [ -n "$(ip -o link show up | grep -v ': lo:')" ]; then
    echo "interop: FAILED, this is not a namespace of its own; start run.sh" >&2
    exit 1
fi

# --- the CometBFT side ------------------------------------------------------------------------------------------------------

export CMT_P2P_ADDR_BOOK_STRICT=false CMT_P2P_ALLOW_DUPLICATE_IP=true CMT_CONSENSUS_CREATE_EMPTY_BLOCKS=false

# comet NAME HOST OPTION...
comet() {
    local name=$1 host=$2
    shift 2
    launch "$name" "$COMETBFT" start --home "$LOGS/$name" --moniker "interop-$name" --proxy_app kvstore \
        --p2p.laddr "tcp://$host:26656" --rpc.laddr "tcp://$host:26657" "$@"
    await 20 rpc "$host" health -o /dev/null \
        || give_up "the CometBFT node $name starts" "no answer to /health in 20 s; $(why "$name")"
}

for name in val full; do "$COMETBFT" init --home "$LOGS/$name" >/dev/null; done
cp "$LOGS/val/config/genesis.json" "$LOGS/full/config/"
VAL=$("$COMETBFT" show-node-id --home "$LOGS/val")
FULL=$("$COMETBFT" show-node-id --home "$LOGS/full")
comet val 127.0.0.1 --rpc.unsafe --log_level 'p2p:debug,*:info'
CMT_P2P_MAX_NUM_OUTBOUND_PEERS=0 comet full 127.0.0.2 --p2p.persistent_peers "$VAL@127.0.0.1:26656"
await 15 has_peer 127.0.0.1 "$FULL" || give_up "the CometBFT nodes connect to each other" "$(why full)"
CHAIN=$(rpc 127.0.0.1 status | value network)
CHANNELS="00 20 21 22 23 30 38 40 60 61"
ok "two CometBFT v$VERSION nodes run the chain $CHAIN, alone on loopback"

# --- our side ---------------------------------------------------------------------------------------------------------------

# p2p NAME ARGUMENT...: a command that ends; output in LOGS/NAME.out and .err, sets `code`
p2p() {
    local name=$1
    shift
    code=0
    timeout -k 5 30 "$P2P_BIN" "$@" >"$LOGS/$name.out" 2>"$LOGS/$name.err" </dev/null || code=$?
}

announced() { grep -Ex 'listening [0-9a-f]{40}@127\.0\.0\.5:[1-9][0-9]*' "$LOGS/$1.out"; }
announced_or_gone() { announced "$1" >/dev/null || ! alive "$1"; }

# run_ours NAME OPTION...: our node, until it says where it listens; sets ADDRESS
run_ours() {
    local name=$1
    shift
    launch "$name" "$P2P_BIN" node run --home "$LOGS/home" --laddr tcp://127.0.0.5:0 --chain-id "$CHAIN" \
        --moniker p2p-interop --for "${LIFE}s" "$@"
    await 20 announced_or_gone "$name" || true
    ADDRESS=$(announced "$name" | head -n 1)
    ADDRESS=${ADDRESS#listening }
    [ -n "$ADDRESS" ] \
        || give_up "our node says where it listens" \
            "no line 'listening ID@127.0.0.5:PORT' in 20 s, or before it ended; $(why "$name")"
}

. "$here/checks.sh"

run_ours node --persistent-peers "$VAL@127.0.0.1:26656"
OURS=${ADDRESS%@*}
connection_is_listed
probe_tells_who_is_there
probe_says_what_is_wrong
connection_lasts
node_ends_in_order
keepalive_went_both_ways
store_remembers
comet_dials_us
finish
