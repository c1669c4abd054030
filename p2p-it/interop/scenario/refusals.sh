#!/usr/bin/env bash
# What each close looks like from our side: `p2p probe` names the cause in words, and so does our node's log.
#
# NET.1  val     a validator that takes one connection from each address, and has one from 127.0.0.1
# NET.2  peer    the full node that has this connection
# NET.3  busy    a full node with one inbound slot, which is taken
# NET.5  ours    our node
# NET.6  twin    another with the same key
# NET.7  odd     ours with a channel that nobody else has
. "$(dirname "$0")/../support.sh"

# refused CODE SENTENCE WORDS ARGUMENT...: a probe that must end with that exit code and say these words
refused() {
    local wanted=$1 sentence=$2 words=$3
    shift 3
    p2p probe probe "$@"
    check "probe of $sentence ends with $wanted" "exit code $code; $(why probe)" [ "$code" = "$wanted" ]
    check "... and says: $words" "$(why probe)" grep -qE -- "$words" "$LOGS/probe.out"
}

chain val peer busy
CMT_P2P_ALLOW_DUPLICATE_IP=false comet val "$NET.1"
refused 6 "a node that is not the expected one" 'wrong-id' "$NET.1:26656" --expect-id "${ID[peer]}" --chain-id "$CHAIN"
refused 5 "a node of another network" 'wrong-network' "${ADDRESS[val]}" --chain-id not-this-chain
refused 4 "a closed port" 'nobody listens' "${ID[val]}@$NET.1:9" --chain-id "$CHAIN"

comet peer "$NET.2" --p2p.persistent_peers "${ADDRESS[val]}"
await 30 has_peer "$NET.1" "${ID[peer]}" || give_up "the CometBFT nodes connect to each other" "$(why peer)"
refused 5 "a node that has a connection from this address already" 'connection from this (address|IP)' \
    "${ADDRESS[val]}" --chain-id "$CHAIN"

CMT_P2P_MAX_NUM_INBOUND_PEERS=1 CMT_P2P_PEX=false comet busy "$NET.3"
ours ours "$NET.5" --persistent-peers "${ADDRESS[busy]},${ADDRESS[peer]}" --no-pex --channels 20
eventually 30 "our node takes the last slot of a full node" "\$(why ours)" has_peer "$NET.3" "${ID[ours]}"
refused 4 "a node without a free slot" 'slots are full' "${ADDRESS[busy]}" --chain-id "$CHAIN" --timeout 3s

# The same key twice: the CometBFT node keeps the older connection, so the newer one ends right after it began.
await 30 has_peer "$NET.2" "${ID[ours]}" || give_up "our node connects to the full node" "$(why ours)"
start=$(peer_of "$NET.2" "${ID[ours]}" | value Start)
mkdir "$LOGS/twin" && cp -r "$LOGS/ours/config" "$LOGS/twin/"
ours twin "$NET.6" --persistent-peers "${ADDRESS[peer]}" --no-pex --channels 20
eventually 30 "a second node with the same key loses its connection" "$(why twin)" has_ended twin "${ID[peer]}"
check "... as closed by the peer" "its log says $(ended twin "${ID[peer]}")" \
    grep -qE '^(closed-by-peer|network-failure)$' <<<"$(ended twin "${ID[peer]}")"
check "... because the CometBFT node has one of this ID" "it says $(complaint peer "${ID[twin]}")" \
    grep -q "duplicate ID<${ID[twin]}>" "$LOGS/peer.out"
check "... and keeps that" "it began anew" [ "$(peer_of "$NET.2" "${ID[ours]}" | value Start)" = "$start" ]
stop twin

# Our own node, asked about channels that it has nothing in common with.
ours odd "$NET.7" --no-pex --channels 7f
refused 5 "a node without a common channel" 'no-common-channel' "${ADDRESS[odd]}" --chain-id "$CHAIN"
finish
