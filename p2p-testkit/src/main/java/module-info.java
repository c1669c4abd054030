/**
 * For authors of plug-ins: the rules of the contract as tests that they run on their own code, and what it takes to try them.
 *
 * <p>Whoever writes a transport implements {@link dev.p2p.testkit.transport.TransportContract} in a test class.
 */
@org.jspecify.annotations.NullMarked
module dev.p2p.testkit {
    requires transitive dev.p2p.api;
    requires transitive org.junit.jupiter.api;
    requires static transitive org.jspecify;
    requires java.management;
    requires jdk.management;

    exports dev.p2p.testkit.store;
    exports dev.p2p.testkit.transport;

    uses dev.p2p.api.transport.StreamProtocolProvider;
}
