#!/usr/bin/env bash
# CometBFT's own transport and switch, in a Go program, as the oracle: messages of random sizes up to each channel's capacity on 16
# channels, in both directions at once, compared byte for byte on both sides; in both dial directions. And as the attacker, who breaks
# one rule a connection.
#
# NET.5 to NET.7  ours
# NET.9           the oracle
. "$(dirname "$0")/../support.sh"

CHAIN=interop
messages=100000
script() { echo --no-pex --plugins "$PLUGINS" --reactor "interop-script:messages=$1"; }
heard() { grep -q 'script: heard all' "$LOGS/$1.err"; }

# judged NAME SENTENCE: both sides have played their parts
judged() {
    local name=$1 sentence=$2
    code=0
    wait "${PID[oracle-$name]}" || code=$?
    unset "PID[oracle-$name]"
    check "$sentence: CometBFT's side" "exit code $code; $(why "oracle-$name")" [ "$code" = 0 ]
    eventually 30 "... our side" "$(why "$name")" heard "$name"
    check "... nothing differed, nothing was lost" "$(grep -m 1 'script:.*\(differs\|not sent\)' "$LOGS/$name.err")" \
        [ -z "$(grep 'script:.*\(differs\|not sent\)' "$LOGS/$name.err")" ]
    grep '^exact' "$LOGS/oracle-$name.out" | sed 's/^/     /' || true
}

# shellcheck disable=SC2046
ours dialed "$NET.5" $(script $messages)
launch oracle-dialed "$ORACLE" oracle --chain "$CHAIN" --listen "$NET.9:26656" --dial "${ADDRESS[dialed]}" \
    --messages $messages --limit 150s
judged dialed "$messages messages in each direction on 16 channels, byte for byte, dialed by CometBFT"
stop dialed

few=$((messages / 10))
launch oracle-dialing "$ORACLE" oracle --chain "$CHAIN" --listen "$NET.9:26656" --messages $few --limit 150s
await 30 grep -qs ^listening "$LOGS/oracle-dialing.out" || give_up "the oracle listens" "$(why oracle-dialing)"
# shellcheck disable=SC2046
ours dialing "$NET.6" $(script $few) --seeds "$(sed -n 's/^listening //p' "$LOGS/oracle-dialing.out")"
judged dialing "$few messages in each direction, dialed by us"
stop dialing

ours attacked "$NET.7"
code=0
timeout -k 5 120 "$ORACLE" attack --chain "$CHAIN" --dial "${ADDRESS[attacked]}" >"$LOGS/attack.out" 2>"$LOGS/attack.err" || code=$?
check "the attacker has done his worst" "exit code $code; $(cat "$LOGS/attack.err")" [ "$code" = 0 ]
while read -r what id rest; do
    case $what in
        closed)
            check "${rest#* } ends its own connection: ${rest%% *}" "our log says '$(ended attacked "$id")'" \
                [ "$(ended attacked "$id")" = "${rest%% *}" ] ;;
        unharmed) ok "$rest: unharmed" ;;
    esac
done <"$LOGS/attack.out"
stop attacked
check "our node ends with 0 after all that" "exit code $code" [ "$code" = 0 ]
finish
