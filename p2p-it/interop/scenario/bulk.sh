#!/usr/bin/env bash
# Bulk in both directions at the CometBFT node's default rates, and a reader of ours that pauses with megabytes waiting, never cost the
# link. The bulk is real: blocks of half a megabyte come, transactions that the application refuses go.
#
# NET.1  val     a validator with default limits
# NET.5  steady  ours: fetches and pushes
# NET.6  paused  ours: fetches, and reads nothing for a while
. "$(dirname "$0")/../support.sh"

blocks=60 transactions=100 pause=30
if [ "$PROFILE" = long ]; then blocks=400 transactions=1000 pause=150; fi

chain val
comet val "$NET.1"
{
    printf '{"jsonrpc":"2.0","id":1,"method":"broadcast_tx_commit","params":{"tx":"'
    { printf 'big='; head -c 500000 /dev/zero | tr '\0' x; } | base64 -w 0
    printf '"}}'
} >"$LOGS/transaction.json"
height=$(rpc "$NET.1" '' --max-time 30 --data-binary "@$LOGS/transaction.json" -H 'Content-Type: application/json' | value height)
check "a block of half a megabyte is made (height ${height:-none})" "no answer to broadcast_tx_commit; $(why val)" [ "${height:-0}" -gt 0 ]

ours steady "$NET.5" --no-pex --persistent-peers "${ADDRESS[val]}" --plugins "$PLUGINS" \
    --reactor "interop-bulk:height=$height,fetch=$blocks,push=$transactions,push-bytes=250000"
ours paused "$NET.6" --no-pex --persistent-peers "${ADDRESS[val]}" --plugins "$PLUGINS" \
    --reactor "interop-bulk:height=$height,fetch=$blocks,pause-after=10,pause-seconds=$pause"
for name in steady paused; do
    await 30 has_peer "$NET.1" "${ID[$name]}" || give_up "our node $name is connected" "$(why "$name")"
done
declare -A start=()
for name in steady paused; do start[$name]=$(peer_of "$NET.1" "${ID[$name]}" | value Start); done

told() { grep -o "bulk: $2.*" "$LOGS/$1.err"; }
has_told() { told "$1" "$2" >/dev/null; }
limit=$((blocks / 3 + transactions / 10 + pause + 60))
eventually "$limit" "all $blocks blocks of half a megabyte arrive" "$(why steady)" has_told steady fetched
eventually "$limit" "all $transactions transactions of a quarter megabyte are taken" "$(why steady)" has_told steady pushed
eventually "$limit" "all blocks arrive at the reader that paused for $pause s" "$(why paused)" has_told paused fetched
check "... which did pause" "it did not" has_told paused 'reads again'
for name in steady paused; do
    check "the link of $name is still the first" "it is not; $(complaint val "${ID[$name]}") $(why "$name")" \
        [ "$(peer_of "$NET.1" "${ID[$name]}" | value Start)" = "${start[$name]}" ]
done
told steady fetched | sed "s/^/     /"
told steady pushed | sed "s/^/     /"
finish
