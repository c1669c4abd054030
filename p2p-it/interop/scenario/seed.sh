#!/usr/bin/env bash
# A seed of ours serves CometBFT nodes that know nobody else, and a CometBFT seed serves a node of ours.
#
# NET.1  r1    a validator that knows only our seed
# NET.2  r2    a full node that knows only our seed
# NET.3  rs    a CometBFT seed, which knows only r1
# NET.5  seed  our seed
# NET.6  ours  a node of ours that knows only rs
. "$(dirname "$0")/../support.sh"

chain r1 r2 rs
ours seed "$NET.5" --seed-mode
comet r1 "$NET.1" --p2p.seeds "${ADDRESS[seed]}"
eventually 20 "our seed was asked by the first CometBFT node and let it go" "$(why seed)" has_ended seed "${ID[r1]}"
check "... politely: it ended as requested" "the reason was $(ended seed "${ID[r1]}")" [ "$(ended seed "${ID[r1]}")" = requested ]
comet r2 "$NET.2" --p2p.seeds "${ADDRESS[seed]}"
eventually 75 "two CometBFT nodes that knew only our seed are connected" "r2 has no r1" has_peer "$NET.2" "${ID[r1]}"
check "neither of them holds anything against it" "they say '$(complaint r1 "${ID[seed]}") $(complaint r2 "${ID[seed]}")'" \
    [ -z "$(grep -F "${ID[seed]}" "$LOGS"/r[12].out | grep -iE 'ban|bad|invalid|too soon|unsolicited')" ]

CMT_P2P_SEED_MODE=true comet rs "$NET.3" --p2p.persistent_peers "${ADDRESS[r1]}"
await 30 has_peer "$NET.1" "${ID[rs]}" || give_up "the CometBFT seed connects to r1" "$(why rs)"
ours ours "$NET.6" --seeds "${ADDRESS[rs]}"
eventually 75 "a node of ours that knew only the CometBFT seed is connected to r1" "$(why ours)" has_peer "$NET.1" "${ID[ours]}"
finish
