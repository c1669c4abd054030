#!/usr/bin/env bash
# `p2p probe` tells who a CometBFT node is. NET.1: val.
. "$(dirname "$0")/../support.sh"

CHANNELS="00 20 21 22 23 30 38 40 60 61"
chain val
comet val "$NET.1"
# What a node says of itself, which for v0.40.0 is not the name of the release.
says=$(rpc "$NET.1" status | sed 's/.*"node_info"//' | value version)

p2p table probe "${ADDRESS[val]}" --chain-id "$CHAIN"
check "probe of the CometBFT node succeeds" "exit code $code; $(why table)" [ "$code" = 0 ]
for fact in "${ID[val]:0:10}" interop-val "$says" "$CHAIN"; do
    check "... its table shows $fact" "it does not" grep -qF -- "$fact" "$LOGS/table.out"
done

p2p json probe "${ADDRESS[val]}" --chain-id "$CHAIN" -o json
check "probe -o json succeeds" "exit code $code; $(why json)" [ "$code" = 0 ]
answer=$(tr -d ' \n' <"$LOGS/json.out")
for fact in "id ${ID[val]}" "moniker interop-val" "version $says" "network $CHAIN"; do
    check "... its field ${fact% *} is ${fact#* }" "it is '$(value "${fact% *}" <<<"$answer")'" \
        [ "$(value "${fact% *}" <<<"$answer")" = "${fact#* }" ]
done
list=$(sed 's/.*"channels":\[\([^]]*\)\].*/\1/' <<<"$answer" | grep -oE '"[0-9a-f]{2}"' | tr -d '"' | sort | xargs)
check "... its field channels is $CHANNELS" "it is '$list'" [ "$list" = "$CHANNELS" ]
echo "     stages: $(grep -oE '"stages_ms":\{[^}]*\}' <<<"$answer")"
finish
