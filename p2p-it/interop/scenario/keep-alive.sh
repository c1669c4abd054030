#!/usr/bin/env bash
# One connection, dialed by us, lives through keep-alive rounds in both directions, and is what both sides say it is. An address that
# only the CometBFT node knew comes to our store, and the CometBFT node can dial us as well.
#
# NET.1  val   a validator, the one node that ours is told about
# NET.2  full  a full node that only val knows; it never dials, so ours can hear of it by peer exchange alone
# NET.5  ours
. "$(dirname "$0")/../support.sh"

chain val full
comet val "$NET.1" --log_level 'p2p:debug,*:info'
CMT_P2P_MAX_NUM_OUTBOUND_PEERS=0 comet full "$NET.2" --p2p.persistent_peers "${ADDRESS[val]}"
await 30 has_peer "$NET.1" "${ID[full]}" || give_up "the CometBFT nodes connect to each other" "$(why full)"

is_listed() {
    local row
    await 30 has_peer "$NET.1" "${ID[ours]}" \
        || give_up "the CometBFT node lists our node" "not in /net_info after 30 s; $(why ours)"
    row=$(peer_of "$NET.1" "${ID[ours]}") || true
    ok "the CometBFT node lists our node"
    check "... with the moniker that we gave" "it is '$(echo "$row" | value moniker)'" \
        [ "$(echo "$row" | value moniker)" = p2p-ours ]
    check "... with the channel 00, the only one that it serves" "it is '$(echo "$row" | value channels)'" \
        [ "$(echo "$row" | value channels)" = 00 ]
    check "... with the address at which it listens" "it is '$(echo "$row" | value listen_addr)'" \
        [ "$(echo "$row" | value listen_addr | sed 's|^tcp://||')" = "${ADDRESS[ours]#*@}" ]
}

# Start is the moment at which the connection began, Duration its age: one connection keeps the first and only grows the second.
lasts() {
    local sentence="one connection lasts $WATCH s" begin=$SECONDS looks=0 age=0 start='' row now
    while [ $((SECONDS - begin)) -le "$WATCH" ]; do
        [ "$looks" = 0 ] || sleep 3
        row=$(peer_of "$NET.1" "${ID[ours]}") || row=
        now=$(echo "$row" | value Duration)
        if [ -z "$row" ]; then
            fail "$sentence" "gone after $((age / 1000000000)) s; $(complaint val "${ID[ours]}")"
            return
        elif [ "$now" -le "$age" ] || [ "$(echo "$row" | value Start)" != "${start:=$(echo "$row" | value Start)}" ]; then
            fail "$sentence" "it was renewed: $((now / 1000000000)) s old after one of $((age / 1000000000)) s"
            return
        fi
        age=$now looks=$((looks + 1))
    done
    ok "$sentence: looked at $looks times, always the same, $((age / 1000000000)) s old at the end"
}

ends_in_order() {
    check "our node runs until it is stopped" "it ended by itself; $(why ours)" alive ours
    stop ours
    check "our node ends with 0 after SIGTERM" "exit code $code; $(why ours)" [ "$code" = 0 ]
    check "... within 5 s ($took ms)" "too long" [ "$took" -le 5000 ]
    check "its standard output is one line: listening ID@HOST:PORT" "it has $(wc -l <"$LOGS/ours.out") lines" \
        [ "$(wc -l <"$LOGS/ours.out")" = 1 ]
}

# A ping goes out every 60 s on both sides (10 s are left for a slow machine). Both sides' logs must tell of it.
was_kept_alive_from_both_sides() {
    local line name count least=$(((WATCH - 10) / 60))
    for name in "Receive Ping" "Send Pong" "Send Ping" "Receive Pong"; do
        count=$(grep -F "$name " "$LOGS/val.out" | grep -cF "peer=${ID[ours]}") || true
        check "the CometBFT node's log counts at least $least '$name' ($count)" "too few" [ "$count" -ge "$least" ]
    done
    line=$(grep -F "peer down ${ID[val]}" "$LOGS/ours.err" | tail -n 1) || true
    for name in pings-sent pongs-received pings-received; do
        count=$(sed -n "s/.*$name=\([0-9]*\).*/\1/p" <<<"$line")
        check "our log counts at least $least $name (${count:-none})" \
            "the last line about it says '${line:-nothing}'" [ "${count:--1}" -ge "$least" ]
    done
}

is_remembered() {
    local records
    records=$(remembered ours)
    check "peers list reads the store of the stopped node" "exit code $code; $(why ours-peers)" [ "$code" = 0 ]
    check "... which holds the CometBFT node with its address" "it has no such record" \
        grep -qE "^\{\"id\":\"${ID[val]}\".*$NET\.1:26656" <<<"$records"
    check "... and the full node, which only the CometBFT node knew" "it has no such record" \
        grep -qE "^\{\"id\":\"${ID[full]}\".*$NET\.2:26656" <<<"$records"
    check "... with who told of it" "its record is '$(grep -F "${ID[full]}" <<<"$records")'" \
        grep -qE "^\{\"id\":\"${ID[full]}\".*\"pex:${ID[val]:0:10}" <<<"$records"
}

dialed_us() { peer_of "$NET.1" "${ID[ours]}" | grep -qF '"is_outbound":true'; }
aged_3_s() { dialed_us && [ "$(peer_of "$NET.1" "${ID[ours]}" | value Duration)" -ge 3000000000 ]; }

# Our node comes back with the same key and no memory of anybody, so only the CometBFT node can begin.
can_be_dialed() {
    local before=${ID[ours]}
    rm -rf "$LOGS/ours/data"
    ours ours "$NET.5"
    check "our node has the same ID after a restart" "it is ${ID[ours]}" [ "${ID[ours]}" = "$before" ]
    dial ours "$NET.1"
    eventually 30 "the CometBFT node connects when told to dial us" "it is no outbound peer in /net_info" dialed_us
    check "... and stays" "not for 3 s" await 30 aged_3_s
}

ours ours "$NET.5" --persistent-peers "${ADDRESS[val]}"
is_listed
lasts
ends_in_order
was_kept_alive_from_both_sides
is_remembered
can_be_dialed
finish
