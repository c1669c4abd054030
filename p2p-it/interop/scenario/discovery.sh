#!/usr/bin/env bash
# Three CometBFT nodes and three of ours, all given the address of one of them, find each other by peer exchange until everybody
# is connected to everybody. Addresses of each kind end up in the books of the other.
#
# NET.1 to NET.3    r1 r2 r3, of which r1 is the address that the others are given
# NET.11 to NET.13  o1 o2 o3, ours
. "$(dirname "$0")/../support.sh"

chain r1 r2 r3
comet r1 "$NET.1"
for i in 2 3; do comet "r$i" "$NET.$i" --p2p.seeds "${ADDRESS[r1]}"; done
for i in 1 2 3; do ours "o$i" "$NET.1$i" --seeds "${ADDRESS[r1]}"; done

# missing: the pairs that are not connected, from the side that can be asked
missing() {
    local one other i
    for i in 1 2 3; do
        rpc "$NET.$i" net_info >"$LOGS/net_info.$i" || true
        for other in r1 r2 r3 o1 o2 o3; do
            [ "r$i" = "$other" ] || grep -qF "\"id\":\"${ID[$other]}\"" "$LOGS/net_info.$i" || echo "r$i-$other"
        done
    done
    for one in o1 o2 o3; do
        for other in o1 o2 o3; do
            [ "$one" = "$other" ] || connected "$one" "${ID[$other]}" || echo "$one-$other"
        done
    done
}
complete() { [ -z "$(missing)" ]; }
eventually 150 "3 CometBFT nodes and 3 of ours are fully connected" "missing: \$(missing | xargs)" complete

check "... and stay so for 10 s" "missing: $(sleep 10; missing | xargs)" complete

for i in 1 2 3; do stop "o$i"; done
records=$(remembered o1)
for other in r2 r3 o2 o3; do
    check "the store of o1 holds $other, which it was not told of" "it has no such record" \
        grep -qF "{\"id\":\"${ID[$other]}\"" <<<"$records"
done
# A CometBFT node writes its book every two minutes. It also does on its end, but may be gone before the file has its name.
for i in 2 3; do
    for other in o1 o2 o3; do
        eventually 140 "the address book of r$i holds $other" "it has only $(grep -c '"addr":' "$LOGS/r$i/config/addrbook.json") addresses" \
            grep -qF "${ID[$other]}" "$LOGS/r$i/config/addrbook.json"
    done
done
finish
