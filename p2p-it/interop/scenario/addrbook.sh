#!/usr/bin/env bash
# Address books as files, both ways: a CometBFT node that knows nobody else finds the network by a book that `addrbook export` wrote, and a
# running node of ours by the book that this CometBFT node has written on its end.
#
# NET.1  r1    a validator
# NET.2  r2    a full node with our book and nothing else
# NET.5  ours  a node of ours that knows nobody until it takes in the book of r2
. "$(dirname "$0")/../support.sh"

chain r1 r2
comet r1 "$NET.1"
p2p add peers add "${ADDRESS[r1]}" --db "$LOGS/store"
p2p export addrbook export --db "$LOGS/store" --out "$LOGS/r2/config/addrbook.json"
check "an address book is exported" "exit code $code, $(why export)" [ "$code" = 0 ]
comet r2 "$NET.2"
eventually 75 "a CometBFT node dials a peer that it knows only from our book" "it has $(rpc "$NET.2" net_info | tr -d ' \n' | value n_peers) peers" \
    has_peer "$NET.2" "${ID[r1]}"
check "... and says that it dialed" "r1 dialed r2" grep -qF '"is_outbound":true' <<<"$(peer_of "$NET.2" "${ID[r1]}" | tr -d ' ')"
stop r2

p2p validate addrbook validate "$LOGS/r2/config/addrbook.json"
check "the book that it leaves is sound" "exit code $code, $(why validate)" [ "$code" = 0 ]
ours ours "$NET.5"
p2p import addrbook import "$LOGS/r2/config/addrbook.json" --scope any --home "$LOGS/ours"
check "a running node of ours takes it in" "exit code $code, $(why import)" [ "$code" = 0 ]
check "... as a running node" "it says $(head -n 1 "$LOGS/import.err")" grep -q '^source: live node' "$LOGS/import.err"
eventually 30 "... and dials the peer in it" "$(why ours)" has_peer "$NET.1" "${ID[ours]}"
finish
