package dev.p2p.transport.tcp.internal.crypto;

import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;

/** Runs the same tests on every suite that this machine has. */
final class EverySuite {

    private EverySuite() {}

    static Stream<CryptoSuite> suites() {
        return Stream.concat(Stream.of(CryptoSuite.jdk()), CryptoSuite.libcrypto().stream());
    }

    static Stream<DynamicNode> runs(Function<CryptoSuite, Stream<? extends DynamicNode>> tests) {
        return suites().map(suite -> DynamicContainer.dynamicContainer(suite.toString(), tests.apply(suite)));
    }
}
