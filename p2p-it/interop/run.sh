#!/usr/bin/env bash
# Proves `p2p` against real CometBFT nodes: installs the versions once, then runs the scenarios against each in a network namespace of
# its own that has nothing but loopback, all versions at once.
#
#   p2p-it/interop/run.sh [VERSION...]      default: 0.38.25 0.40.0 1.0.1
#
#   P2P_BIN            the program; default: the image in p2p-cli/target
#   PROFILE            ci (default): one keep-alive round, about four minutes; long: three rounds, longer bulk and pauses
#   SCENARIOS          only these, one after the other: names of files in scenario/
#   WATCH              seconds during which one connection is watched; default: 75, or 200 in the profile long
#   P2P_INTEROP_CACHE  where the nodes are installed; default: p2p-interop in the user's cache folder
#   P2P_REQUIRE_GO     1: fail instead of skipping when something is missing here
set -eu

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
cache=${P2P_INTEROP_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/p2p-interop}
[ $# -gt 0 ] || set -- 0.38.25 0.40.0 1.0.1

# missing SENTENCE: ends the run, which needs something that this machine does not have
missing() {
    if [ "${P2P_REQUIRE_GO:-0}" = 1 ]; then
        echo "interop: FAILED, and P2P_REQUIRE_GO=1 forbids to skip: $1" >&2
        exit 1
    fi
    echo "interop: SKIPPED, $1"
    exit 0
}

# broken SENTENCE: ends the run, in which something does not work
broken() {
    echo "interop: FAILED, $1" >&2
    exit 1
}

for tool in go ip unshare curl timeout flock; do
    command -v "$tool" >/dev/null || missing "the program '$tool' is not installed"
done
# Root may lack user namespaces (in a container), everybody else needs one.
isolate=
for flags in -rn -n; do
    if unshare "$flags" ip link set lo up 2>/dev/null; then
        isolate=$flags
        break
    fi
done
[ -n "$isolate" ] || missing "this user may not make a network namespace (unshare -rn)"
jdk=$("$root/.ci/jdk25") || missing "there is no JDK 25"

P2P_BIN=${P2P_BIN:-$root/p2p-cli/target/image/bin/p2p}
[ -x "$P2P_BIN" ] || broken "there is no program $P2P_BIN: build the image first, or name it with P2P_BIN"
image=$(cd "$(dirname "$P2P_BIN")/.." && pwd)

# Reactors that only this suite needs, compiled against what the image holds and dropped in like a stranger's.
work=$(mktemp -d "${TMPDIR:-/tmp}/p2p-interop.XXXXXX")
trap 'rm -rf "$work"' EXIT
mkdir "$work/plugins"
"$jdk/bin/jimage" extract --include 'regex:/(dev.p2p.api|com.google.protobuf)/.*' --dir "$work/image" "$image/lib/modules" \
    || broken "the contract cannot be taken out of $image"
"$jdk/bin/javac" -cp "$work/image/dev.p2p.api:$work/image/com.google.protobuf" -proc:none -d "$work/classes" \
    "$here"/plugin/dev/p2p/interop/*.java || broken "the suite's own reactors do not compile against $image"
"$jdk/bin/jar" --create --file "$work/plugins/interop.jar" -C "$work/classes" . -C "$here/plugin" META-INF \
    || broken "the suite's reactors make no jar"

# install VERSION: the node, and the Go program of this suite on that version's transport
install() {
    local version=$1 bin=$cache/v$1 module found
    module=$(grep -lF "github.com/cometbft/cometbft v$version" "$here"/go/*.mod) \
        || broken "no .mod file in $here/go is for v$version: copy one, change the version and run go mod tidy -modfile=FILE"
    if [ ! -x "$bin/cometbft" ]; then
        echo "interop: installing CometBFT v$version into $bin (once, about a minute)"
        mkdir -p "$bin"
        timeout 900 env GOBIN="$bin" go install "github.com/cometbft/cometbft/cmd/cometbft@v$version" >"$work/install" 2>&1 \
            || missing "CometBFT v$version could not be installed: $(tail -n 1 "$work/install")"
    fi
    found=$(go version -m "$bin/cometbft" | awk '$1 == "mod" {print $3}')
    [ "$found" = "v$version" ] || broken "$bin/cometbft is version $found; remove it"
    (cd "$here/go" && timeout 900 go build -modfile="$module" -o "$bin/oracle" .) >"$work/install" 2>&1 \
        || broken "the Go program does not compile with v$version: $(tail -n 3 "$work/install")"
}

export P2P_BIN PROFILE="${PROFILE:-ci}" PLUGINS="$work/plugins" SCENARIOS="${SCENARIOS:-}"
case $PROFILE in
    ci) export WATCH="${WATCH:-75}" ;;
    long) export WATCH="${WATCH:-200}" ;;
    *) broken "there is no profile $PROFILE" ;;
esac
for version; do install "$version"; done

runs=()
for version; do
    VERSION=$version COMETBFT=$cache/v$version/cometbft ORACLE=$cache/v$version/oracle \
        unshare "$isolate" bash "$here/suite.sh" &
    runs+=($!)
done
trap 'kill "${runs[@]}" 2>/dev/null; wait; rm -rf "$work"; exit 130' INT TERM HUP
result=0
for run in "${runs[@]}"; do wait "$run" || result=1; done
[ "$result" = 0 ] && echo "interop: all passed against $* in $SECONDS s" || echo "interop: FAILED"
exit "$result"
