#!/usr/bin/env bash
# A CometBFT node without peer exchange refuses a peer that lists only channel 00, and accepts one that lists a channel of its own
# besides; whatever comes on it is dropped, and the link lives on.
#
# NET.1  val     a validator without peer exchange, one block a second
# NET.5  narrow  ours, channel 00 only
# NET.6  wide    ours, --channels 00,20
. "$(dirname "$0")/../support.sh"

chain val
CMT_P2P_PEX=false CMT_CONSENSUS_CREATE_EMPTY_BLOCKS=true CMT_CONSENSUS_TIMEOUT_COMMIT=1s comet val "$NET.1"

ours narrow "$NET.5" --persistent-peers "${ADDRESS[val]}" -v
refused() { grep -q 'no-common-channel' "$LOGS/narrow.err"; }
eventually 30 "a peer with channel 00 only is refused, and our log says why: no-common-channel" "$(why narrow)" refused
check "... and the CometBFT node does not list it" "it does" [ -z "$(peer_of "$NET.1" "${ID[narrow]}")" ]
stop narrow

ours wide "$NET.6" --persistent-peers "${ADDRESS[val]}" --channels 00,20
eventually 30 "a peer with the channels 00 and 20 is accepted" "$(why wide)" has_peer "$NET.1" "${ID[wide]}"
check "... and listed with both" "it is '$(peer_of "$NET.1" "${ID[wide]}" | value channels)'" \
    [ "$(peer_of "$NET.1" "${ID[wide]}" | value channels)" = 0020 ]
start=$(peer_of "$NET.1" "${ID[wide]}" | value Start)
sleep "$WATCH"
check "the same connection is there after $WATCH s" "it is not; $(complaint val "${ID[wide]}")" \
    [ "$(peer_of "$NET.1" "${ID[wide]}" | value Start)" = "$start" ]
stop wide
bytes=$(sed -n "s/.*peer down ${ID[val]}.*bytes-in=\([0-9]*\).*/\1/p" "$LOGS/wide.err")
# 297 step messages and 119 votes a minute were seen from a lone validator, each in a frame of 1044 bytes or sharing one
check "what the node told on channel 20 was received and dropped ($bytes bytes on the wire)" "too few" \
    [ "${bytes:-0}" -ge $((WATCH * 500)) ]
finish
