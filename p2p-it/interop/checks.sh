# The checks of scenario.sh, in the order in which they are called.

connection_is_listed() {
    local row channels
    await 15 has_peer 127.0.0.1 "$OURS" \
        || give_up "the CometBFT node lists our node" "not in /net_info after 15 s; $(why node)"
    row=$(peer_of 127.0.0.1 "$OURS") || true
    channels=$(echo "$row" | value channels | sed 's/../& /g')
    ok "the CometBFT node lists our node $OURS"
    check "... with the moniker that we gave" "it is '$(echo "$row" | value moniker)'" \
        [ "$(echo "$row" | value moniker)" = p2p-interop ]
    check "... with the peer-exchange channel 00" "its channels are '$channels'" \
        grep -qw 00 <<<"$channels"
    check "... with the address at which it listens" "it is '$(echo "$row" | value listen_addr)'" \
        [ "$(echo "$row" | value listen_addr | sed 's|^tcp://||')" = "${ADDRESS#*@}" ]
}

probe_tells_who_is_there() {
    local fact list
    p2p probe-table probe "$VAL@127.0.0.1:26656" --chain-id "$CHAIN"
    check "probe of the CometBFT node succeeds" "exit code $code; $(why probe-table)" [ "$code" = 0 ]
    for fact in "${VAL:0:10}" interop-val "$VERSION" "$CHAIN"; do
        check "... its table shows $fact" "it does not" grep -qF -- "$fact" "$LOGS/probe-table.out"
    done
    list=$(sed -n 's/^CHANNELS *//p' "$LOGS/probe-table.out" | xargs -n 1 | sort | xargs)
    check "... its table shows the channels $CHANNELS" "it shows '$list'" [ "$list" = "$CHANNELS" ]

    p2p probe-json probe "$VAL@127.0.0.1:26656" --chain-id "$CHAIN" -o json
    check "probe -o json succeeds" "exit code $code; $(why probe-json)" [ "$code" = 0 ]
    for fact in "id $VAL" "moniker interop-val" "version $VERSION" "network $CHAIN"; do
        list=$(tr -d ' \n' <"$LOGS/probe-json.out" | value "${fact% *}")
        check "... its field ${fact% *} is ${fact#* }" "it is '$list'" [ "$list" = "${fact#* }" ]
    done
    list=$(tr -d ' \n' <"$LOGS/probe-json.out" | sed -n 's/.*"channels":\["\([^]]*\)"\].*/\1/p' | sed 's/","/\n/g' | sort | xargs)
    check "... its field channels is $CHANNELS" "it is '$list'" [ "$list" = "$CHANNELS" ]
}

# expect CODE SENTENCE ARGUMENT...: a probe that must end with that exit code
expect() {
    local wanted=$1 sentence=$2
    shift 2
    p2p "probe-$wanted" probe "$@"
    check "probe of $sentence ends with $wanted" "exit code $code; $(why "probe-$wanted")" [ "$code" = "$wanted" ]
}

probe_says_what_is_wrong() {
    expect 6 "a node that is not the expected one" 127.0.0.1:26656 --expect-id "$FULL" --chain-id "$CHAIN"
    expect 5 "a node of another network" "$VAL@127.0.0.1:26656" --chain-id not-this-chain
    expect 4 "a closed port" "$VAL@127.0.0.1:9" --chain-id "$CHAIN"
}

# complaint: the last reason that the CometBFT node gave for closing on us
complaint() { grep -F "$OURS" "$LOGS/val.out" | grep -o 'err=.*' | tail -n 1; }

# Start is the moment at which the connection began, Duration its age: one connection keeps the first and only grows the second.
connection_lasts() {
    local sentence="one connection lasts $WATCH s" begin=$SECONDS looks=0 age=0 start='' row now
    while [ $((SECONDS - begin)) -le "$WATCH" ]; do
        [ "$looks" = 0 ] || sleep 3
        row=$(peer_of 127.0.0.1 "$OURS") || row=
        now=$(echo "$row" | value Duration)
        if [ -z "$row" ]; then
            fail "$sentence" "gone after $((age / 1000000000)) s; $(complaint)"
            return
        elif [ "$now" -le "$age" ] || [ "$(echo "$row" | value Start)" != "${start:=$(echo "$row" | value Start)}" ]; then
            fail "$sentence" "it was renewed: $((now / 1000000000)) s old after one of $((age / 1000000000)) s"
            return
        fi
        age=$now looks=$((looks + 1))
    done
    ok "$sentence: looked at $looks times, always the same, $((age / 1000000000)) s old at the end"
}

node_ends_in_order() {
    check "our node runs until it is stopped" "it ended by itself; $(why node)" alive node
    stop node
    check "our node ends with 0 after SIGTERM" "exit code $code; $(why node)" [ "$code" = 0 ]
    check "... within 5 s ($took ms)" "too long" [ "$took" -le 5000 ]
    check "its standard output is one line: listening ID@HOST:PORT" "it has $(wc -l <"$LOGS/node.out") lines" \
        [ "$(wc -l <"$LOGS/node.out")" = 1 ]
}

# A ping goes out every 60 s on both sides (10 s are left for a slow machine). Both sides' logs must tell of it.
keepalive_went_both_ways() {
    local line name count least=$(((WATCH - 10) / 60))
    if [ "$least" = 0 ]; then
        echo "     keep-alive is not checked: that takes WATCH=70 at least"
        return
    fi
    for name in "Receive Ping" "Send Pong" "Send Ping" "Receive Pong"; do
        count=$(grep -F "$name " "$LOGS/val.out" | grep -cF "peer=$OURS") || true
        check "the CometBFT node's log counts at least $least '$name' ($count)" "too few" [ "$count" -ge "$least" ]
    done
    line=$(grep -F "${VAL:0:10}" "$LOGS/node.err" | grep pings-sent= | tail -n 1) || true
    for name in pings-sent pongs-received pings-received; do
        count=$(sed -n "s/.*$name=\([0-9]*\).*/\1/p" <<<"$line")
        check "our log counts at least $least $name (${count:-none})" \
            "the last line about ${VAL:0:10} says '${line:-nothing}'" [ "${count:--1}" -ge "$least" ]
    done
}

store_remembers() {
    local record
    p2p peers peers list --db "$LOGS/home/data/peers" -o json
    check "peers list reads the store of the stopped node" "exit code $code; $(why peers)" [ "$code" = 0 ]
    record=$(stored "$VAL" <"$LOGS/peers.out") || true
    check "... which holds the CometBFT node with its address" "its record is '${record:-missing}'" \
        grep -qF 127.0.0.1:26656 <<<"$record"
    record=$(stored "$FULL" <"$LOGS/peers.out") || true
    check "... and the full node, heard of by peer exchange" "its record is '${record:-missing}'" \
        grep -qF 127.0.0.2:26656 <<<"$record"
}

dialed_us() { peer_of 127.0.0.1 "$OURS" | grep -qF '"is_outbound":true'; }
aged_3_s() { dialed_us && [ "$(peer_of 127.0.0.1 "$OURS" | value Duration)" -ge 3000000000 ]; }

# Our node comes back with the same key and no memory of anybody, so only the CometBFT node can begin.
comet_dials_us() {
    rm -rf "$LOGS/home/data"
    run_ours again
    check "our node has the same ID after a restart" "it is ${ADDRESS%@*}" [ "${ADDRESS%@*}" = "$OURS" ]
    rpc 127.0.0.1 dial_peers -o /dev/null -G --data-urlencode "peers=[\"$ADDRESS\"]" || true
    check "the CometBFT node connects when told to dial us" "not an outbound peer in /net_info after 15 s" await 15 dialed_us
    check "... and stays" "not for 3 s" await 6 aged_3_s
}
