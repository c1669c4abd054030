package dev.p2p.testkit.transport;

/**
 * The rules for transports, each with a number that also stands in the name of its test. An author's test class implements
 * this interface, names the provider and a place to listen, and has a test for each rule:
 *
 * {@snippet lang=java :
 * final class PipeTransportContractTest implements TransportContract {
 *
 *     private final TransportProvider provider = new PipeTransportProvider();
 *
 *     @Override
 *     public TransportProvider provider() {
 *         return provider;
 *     }
 *
 *     @Override
 *     public Endpoint listenEndpoint() {
 *         return new LocalEndpoint("pipe", "/tmp/node-" + UUID.randomUUID());
 *     }
 * }
 * }
 *
 * <p>The rules about leaks look at the whole process, so the class must not run at the same time as others in one process.
 * A rule that the subject says nothing for is skipped and shows as such. What is not covered, because it cannot be seen from
 * outside: that a handshake's limit is one deadline and not one for each read, that nothing is allocated for a stranger, and
 * all of a wire's cryptography.
 */
public interface TransportContract
        extends ListenerContract, DialContract, HandshakeContract, MessageContract, EndingContract, PingContract {}
