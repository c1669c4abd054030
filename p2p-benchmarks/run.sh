#!/usr/bin/env bash
# Runs workloads and prints one JSON line for each run. Every run has a fresh JVM. Needs what `mvn package` made.
#
#   run.sh                             the set below, with every cipher, three rounds
#   run.sh WORKLOAD [PARAMETER...]     one run of one workload, for example: run.sh throughput 100
#
#   ROUNDS         rounds of the set; default 3
#   CIPHERS        which suites of the set; default "libsodium libcrypto jdk"
#   P2P_CIPHER     the suite of a single run; default: the one that a node would take
#   P2P_JAVA_OPTS  further options for the JVM
set -eu

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
java=$("$here/../.ci/jdk25")/bin/java
main=dev.p2p.benchmarks/dev.p2p.benchmarks.Benchmarks
plugins=dev.p2p.transport.tcp,dev.p2p.transport.memory,dev.p2p.peerstore.rocksdb

jars=("$here"/target/p2p-benchmarks-*.jar)
if [ ! -f "${jars[0]}" ] || [ ! -d "$here/target/modules" ]; then
    echo "benchmarks: nothing is built here, run: mvn package -Dmaven.test.skip=true" >&2
    exit 1
fi

# once CIPHER WORKLOAD PARAMETER...
once() {
    local cipher=$1 heap=
    shift
    # It collects garbage to measure memory, which would shrink the heap so far that a collection comes every two seconds.
    [ "$1" != half-open ] || heap=-Xms512m
    # shellcheck disable=SC2086
    "$java" -Xmx4g $heap -Ddev.p2p.crypto="$cipher" -Djava.util.logging.config.file="$here/logging.properties" \
        --enable-native-access=dev.p2p.transport.tcp,rocksdbjni ${P2P_JAVA_OPTS-} \
        --add-exports dev.p2p.router/dev.p2p.router.internal.store=dev.p2p.benchmarks \
        --add-exports dev.p2p.router/dev.p2p.router.internal.peers=dev.p2p.benchmarks \
        -p "${jars[0]}:$here/target/modules" --add-modules "$plugins" -m "$main" "$@"
}

if [ $# -gt 0 ]; then
    once "${P2P_CIPHER-}" "$@"
    exit
fi
for _ in $(seq "${ROUNDS:-3}"); do
    for cipher in ${CIPHERS:-libsodium libcrypto jdk}; do
        once "$cipher" send-drain 65536 1
        once "$cipher" throughput 100
        once "$cipher" urgent no-bulk
        once "$cipher" urgent
        once "$cipher" idle 1000
    done
done
