# What every scenario stands on: checks, processes, CometBFT nodes, nodes of ours, waiting, and reading JSON without a tool for it.
# A scenario is started by suite.sh with LOGS (its folder), NET (its addresses: NET.1 to NET.250), COMETBFT, VERSION, P2P_BIN, PLUGINS,
# ORACLE (the Go program), PROFILE and WATCH. It sources this file, and ends with `finish`.
set -eu

mkdir -p "$LOGS"
LIFE=$((WATCH + 240))
passed=0 failed=0
declare -A PID=() ID=() ADDRESS=()

# A node with peer exchange dials every address that it hears of, so it must not run where a packet could leave.
if [ -n "$(ip -o link show up | grep -v ': lo:')" ]; then
    echo "interop: FAILED, this is not a namespace of its own; start run.sh" >&2
    exit 1
fi

leave() {
    local result=$?
    trap - EXIT
    stop_all
    exit "$result"
}
trap leave EXIT
trap 'exit 130' INT TERM HUP

# --- checks -----------------------------------------------------------------------------------------------------------------

ok() {
    passed=$((passed + 1))
    echo "ok   $1"
}

# fail SENTENCE WHY
fail() {
    failed=$((failed + 1))
    echo "FAIL $1: $2"
}

# check SENTENCE WHY COMMAND...: ok if the command succeeds
check() {
    local sentence=$1 why=$2
    shift 2
    if "$@"; then ok "$sentence"; else fail "$sentence" "$why"; fi
}

# eventually SECONDS SENTENCE WHY COMMAND...: ok if the command succeeds in time; says after how long
eventually() {
    local limit=$1 sentence=$2 why=$3 begin=${EPOCHREALTIME/[.,]/} took
    shift 3
    if await "$limit" "$@"; then
        took=$(((${EPOCHREALTIME/[.,]/} - begin) / 1000))
        ok "$sentence (after $took ms)"
    else
        fail "$sentence" "not within $limit s; $(eval "echo \"$why\"")"
    fi
}

# give_up SENTENCE WHY: nothing that follows could succeed
give_up() {
    fail "$1" "$2"
    finish || exit 1
}

# finish: the last line; the exit code says whether every check passed
finish() {
    echo "counts $passed passed, $failed failed"
    [ "$failed" = 0 ]
}

# await SECONDS COMMAND...: until the command succeeds
await() {
    local end=$((SECONDS + $1))
    shift
    until "$@"; do
        [ "$SECONDS" -lt "$end" ] || return 1
        sleep 0.2
    done
}

# --- processes --------------------------------------------------------------------------------------------------------------

# launch NAME COMMAND...: in the background, for LIFE seconds at most; output in LOGS/NAME.out and LOGS/NAME.err.
# PID[NAME] is the process of `timeout`, which passes signals on and ends with the command's exit code.
launch() {
    local name=$1
    shift
    timeout -k 10 "$LIFE" "$@" >>"$LOGS/$name.out" 2>>"$LOGS/$name.err" </dev/null &
    PID[$name]=$!
}

alive() { kill -0 "${PID[$1]}" 2>/dev/null; }
gone() { ! alive "$1"; }

# stop NAME: asks for the end by SIGTERM and waits (after 10 s `timeout` kills).
# Sets `code` to the exit code and `took` to the time in ms.
stop() {
    local begin=${EPOCHREALTIME/[.,]/}
    kill -TERM "${PID[$1]}" 2>/dev/null || true
    code=0
    wait "${PID[$1]}" || code=$?
    took=$(((${EPOCHREALTIME/[.,]/} - begin) / 1000))
    unset "PID[$1]"
}

# murder NAME: kill -9 of the program itself, which is the one child of `timeout`
murder() {
    local timeout=${PID[$1]}
    kill -KILL "$(tr -d ' ' <"/proc/$timeout/task/$timeout/children")"
    wait "$timeout" 2>/dev/null || true
    unset "PID[$1]"
}

# stop_all: ends what this scenario started, and nothing else
stop_all() {
    local pid
    for pid in "${PID[@]}"; do kill -TERM "$pid" 2>/dev/null || true; done
    for pid in "${PID[@]}"; do wait "$pid" 2>/dev/null || true; done
}

# why NAME: what a program said about its failure
why() {
    { grep -hE '^(error:|cause:|VERDICT)' "$LOGS/$1".{err,out} || tail -qn 1 "$LOGS/$1".{err,out}; } 2>/dev/null \
        | cut -c 1-200 | paste -sd ' '
}

# --- CometBFT nodes ---------------------------------------------------------------------------------------------------------

export CMT_P2P_ADDR_BOOK_STRICT=false CMT_P2P_ALLOW_DUPLICATE_IP=true CMT_CONSENSUS_CREATE_EMPTY_BLOCKS=false

# chain NAME...: homes of nodes of one chain, of which the first is the only validator. Sets CHAIN and ID[NAME].
chain() {
    local name
    for name; do
        "$COMETBFT" init --home "$LOGS/$name" >/dev/null
        [ "$name" = "$1" ] || cp "$LOGS/$1/config/genesis.json" "$LOGS/$name/config/"
        ID[$name]=$("$COMETBFT" show-node-id --home "$LOGS/$name")
    done
    CHAIN=$(tr -d ' \n' <"$LOGS/$1/config/genesis.json" | value chain_id)
}

# comet NAME HOST OPTION...: a node, until it answers. Sets ADDRESS[NAME].
comet() {
    local name=$1 host=$2
    shift 2
    ADDRESS[$name]=${ID[$name]}@$host:26656
    launch "$name" "$COMETBFT" start --home "$LOGS/$name" --moniker "interop-$name" --proxy_app kvstore \
        --p2p.laddr "tcp://$host:26656" --rpc.laddr "tcp://$host:26657" --rpc.unsafe "$@"
    await 30 rpc "$host" health -o /dev/null \
        || give_up "the CometBFT node $name starts" "no answer to /health in 30 s; $(why "$name")"
}

# rpc HOST PATH [CURL-OPTION...]: an answer of a CometBFT node
rpc() {
    local host=$1 path=$2
    shift 2
    curl -sf --noproxy '*' --max-time 5 "$@" "http://$host:26657/$path"
}

# peer_of HOST ID: what the CometBFT node tells about that peer of its, in one line; nothing if they are not connected
peer_of() { rpc "$1" net_info | sed 's/{"node_info"/\n&/g' | grep -F "\"id\":\"$2\""; }
has_peer() { peer_of "$1" "$2" >/dev/null; }

# complaint NAME ID: the last reason that a CometBFT node gave for closing on a peer
complaint() { grep -F "$2" "$LOGS/$1.out" | grep -o 'err=.*' | tail -n 1 | cut -c 1-200; }

# dial NAME HOST: tells the CometBFT node at HOST to dial our node NAME
dial() { rpc "$2" dial_peers -o /dev/null -G --data-urlencode "peers=[\"${ADDRESS[$1]}\"]" || true; }

# --- our side ---------------------------------------------------------------------------------------------------------------

# p2p NAME ARGUMENT...: a command that ends; output in LOGS/NAME.out and .err, sets `code`
p2p() {
    local name=$1
    shift
    code=0
    timeout -k 5 60 "$P2P_BIN" "$@" >"$LOGS/$name.out" 2>"$LOGS/$name.err" </dev/null || code=$?
}

announced() { tail -n 1 "$LOGS/$1.out" | grep -Ex 'listening [0-9a-f]{40}@127\.[0-9.]+:[1-9][0-9]*'; }
announced_or_gone() { announced "$1" >/dev/null || gone "$1"; }

# ours NAME HOST OPTION...: a node of ours, until it says where it listens. Sets ADDRESS[NAME] and ID[NAME].
ours() {
    local name=$1 host=$2 line
    shift 2
    : >"$LOGS/$name.out"
    launch "$name" "$P2P_BIN" node run --home "$LOGS/$name" --laddr "tcp://$host:26656" --chain-id "$CHAIN" \
        --moniker "p2p-$name" --for "${LIFE}s" "$@"
    await 60 announced_or_gone "$name" || true
    line=$(announced "$name") \
        || give_up "our node $name says where it listens" \
            "no line 'listening ID@$host:PORT' in 60 s, or before it ended; $(why "$name")"
    ADDRESS[$name]=${line#listening }
    ID[$name]=${ADDRESS[$name]%@*}
}

# connected NAME ID: whether our node's log says that it has a connection to that peer
connected() {
    [ "$(grep -oE "peer (up|down) $2" "$LOGS/$1.err" | tail -n 1 | cut -d ' ' -f 2)" = up ]
}

# ended NAME ID: the last reason in our node's log for the end of a connection with that peer
ended() { sed -n "s/.*peer down $2 reason=\([a-z-]*\).*/\1/p" "$LOGS/$1.err" | tail -n 1; }
has_ended() { [ -n "$(ended "$1" "$2")" ]; }

# remembered NAME: what the store of our stopped node holds, one record a line, each beginning with its id
remembered() {
    p2p "$1-peers" peers list --db "$LOGS/$1/data/peers" -o json
    tr -d ' \n' <"$LOGS/$1-peers.out" | sed 's/{"id":/\n&/g'
}

# value NAME: the first value of that name in JSON on standard input
value() { grep -o "\"$1\":\"\?[^\",}]*" | head -n 1 | sed 's/^"[^"]*":"\?//'; }
