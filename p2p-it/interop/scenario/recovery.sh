#!/usr/bin/env bash
# Whoever is restarted or killed is noticed by the other side with a reason, and connected again within 5 s of coming back.
#
# NET.1  val   a validator, dialed by ours
# NET.5  ours
. "$(dirname "$0")/../support.sh"

chain val
comet val "$NET.1"
ours ours "$NET.5" --persistent-peers "${ADDRESS[val]}"
eventually 30 "our node is connected to the CometBFT node" "$(why ours)" has_peer "$NET.1" "${ID[ours]}"

# forget: from here on, only what comes counts in the logs
forget() {
    mv "$LOGS/ours.err" "$LOGS/ours.err.$SECONDS.$RANDOM"
    : >"$LOGS/ours.err"
}
back() { has_peer "$NET.1" "${ID[ours]}"; }

start_val() { comet val "$NET.1"; }
start_ours() { ours ours "$NET.5" --persistent-peers "${ADDRESS[val]}"; }

# notices WHAT: our node's log tells the end of the connection and why
notices() {
    eventually 5 "our node notices $1" "$(why ours)" has_ended ours "${ID[val]}"
    check "... and says why: $(ended ours "${ID[val]}")" "no reason that fits" \
        grep -qE '^(closed-by-peer|network-failure)$' <<<"$(ended ours "${ID[val]}")"
}

# The log of a running program goes on in its file, so what was there before is looked past.
cp "$LOGS/ours.err" "$LOGS/ours.before"
stop val
notices "the stop of the CometBFT node"
start_val
eventually 5 "connected again after the CometBFT node came back" "$(why ours)" back

stop ours
check "our node ends with 0" "exit code $code" [ "$code" = 0 ]
forget
start_ours
eventually 5 "connected again after our node came back" "$(why ours)" back

murder val
notices "kill -9 of the CometBFT node"
start_val
eventually 5 "connected again after the killed CometBFT node came back" "$(why ours)" back

before=$(grep -cF "${ID[ours]}" "$LOGS/val.out") || true
murder ours
noticed() { [ "$(grep -cF "${ID[ours]}" "$LOGS/val.out")" -gt "$before" ] && ! back; }
eventually 5 "the CometBFT node notices kill -9 of our node" "it says $(complaint val "${ID[ours]}")" noticed
ok "... and says: $(complaint val "${ID[ours]}")"
forget
start_ours
eventually 5 "connected again after our killed node came back" "$(why ours)" back

# The other way round: the CometBFT node is the one that dials, and holds on to us. Our node knows it from its own word only.
stop ours
rm -rf "$LOGS/ours/data"
forget
ours ours "$NET.5"
rpc "$NET.1" dial_peers -o /dev/null -G --data-urlencode persistent=true --data-urlencode "peers=[\"${ADDRESS[ours]}\"]" || true
eventually 30 "the CometBFT node dials us" "$(why ours)" back
# The CometBFT node tries again every 5 to 8 s only; ours does at once, if it had the time to write down who came.
sleep 3
murder ours
forget
ours ours "$NET.5"
eventually 5 "connected again after our killed node came back, which the CometBFT node had dialed" "$(why ours)" back
finish
