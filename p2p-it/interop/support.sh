# Functions of scenario.sh: checks, processes, waiting, and reading JSON without a tool for it. Needs LOGS and LIFE.

passed=0 failed=0
declare -A PID=()

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

# finish: the last line; the run's exit code says whether every check passed
finish() {
    echo "interop: $passed passed, $failed failed"
    [ "$failed" = 0 ]
}

# launch NAME COMMAND...: in the background, for LIFE seconds at most; output in LOGS/NAME.out and LOGS/NAME.err.
# PID[NAME] is the process of `timeout`, which passes signals on and ends with the command's exit code.
launch() {
    local name=$1
    shift
    timeout -k 10 "$LIFE" "$@" >"$LOGS/$name.out" 2>"$LOGS/$name.err" </dev/null &
    PID[$name]=$!
}

alive() { kill -0 "${PID[$1]}" 2>/dev/null; }

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

# stop_all: ends what this script started, and nothing else
stop_all() {
    local pid
    for pid in "${PID[@]}"; do kill -TERM "$pid" 2>/dev/null || true; done
    for pid in "${PID[@]}"; do wait "$pid" 2>/dev/null || true; done
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

# rpc HOST PATH [CURL-OPTION...]: an answer of a CometBFT node
rpc() {
    local host=$1 path=$2
    shift 2
    curl -sf --noproxy '*' --max-time 3 "$@" "http://$host:26657/$path"
}

# peer_of HOST ID: what the CometBFT node tells about that peer of its, in one line; nothing if they are not connected
peer_of() { rpc "$1" net_info | sed 's/{"node_info"/\n&/g' | grep -F "\"id\":\"$2\""; }
has_peer() { peer_of "$1" "$2" >/dev/null; }

# value NAME: the first value of that name in JSON on standard input
value() { grep -o "\"$1\":\"\?[^\",}]*" | head -n 1 | sed 's/^"[^"]*":"\?//'; }

# stored ID: that peer's record, in one line, of `p2p peers list -o json` on standard input; each record begins with its id
stored() { tr -d ' \n' | sed 's/{"id":/\n&/g' | grep -F "{\"id\":\"$1\""; }

# why NAME: what a program said about its failure
why() {
    { grep -hE '^(error:|cause:|VERDICT)' "$LOGS/$1".{err,out} || tail -qn 1 "$LOGS/$1".{err,out}; } \
        | cut -c 1-200 | paste -sd ' '
}
