package dev.p2p.transport.tcp.internal.crypto;

import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;

/** Runs the same tests on every suite that this machine has. */
public final class EverySuite {

    private EverySuite() {}

    /** For parameters of tests. */
    public static Stream<CryptoSuite> suites() {
        return Stream.of(Optional.of(CryptoSuite.jdk()), CryptoSuite.libcrypto(), CryptoSuite.libsodium())
                .flatMap(Optional::stream);
    }

    static Stream<DynamicNode> runs(Function<CryptoSuite, Stream<? extends DynamicNode>> tests) {
        return suites().map(suite -> DynamicContainer.dynamicContainer(suite.toString(), tests.apply(suite)));
    }
}
