package dev.p2p.testkit.transport;

import dev.p2p.api.Endpoint;
import dev.p2p.api.transport.StreamProtocolProvider;
import dev.p2p.api.transport.TransportProvider;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/** What an author says about a transport, so that the rules can be tried on it. */
public interface TransportSubject {

    /** The provider on trial; within one test the same object each time, for all nodes of that test. */
    TransportProvider provider();

    /** A free place on this machine to listen on; another one, or one with port 0, each time. */
    Endpoint listenEndpoint();

    /** The settings that every node's transport gets. */
    default Map<String, String> settings() {
        return Map.of();
    }

    /** What {@code TransportContext.streamProtocol()} is made of; by default the one that {@link ServiceLoader} finds. */
    default Optional<StreamProtocolProvider> streamProtocol() {
        return ServiceLoader.load(StreamProtocolProvider.class).findFirst();
    }

    /**
     * A place where a dial is neither answered nor refused for as long as the test runs, such as one whose queue of
     * connections is full. The rules that need one are skipped without it.
     */
    default Optional<Endpoint> silentEndpoint() {
        return Optional.empty();
    }

    /** Whether the transport tells a handshake's listener that the channel is encrypted. */
    default boolean encrypts() {
        return true;
    }

    /**
     * The most bytes that a writer can be ahead of a reader that takes nothing: the buffers of the transport and of
     * everything below it, in both processes.
     */
    default int maxBytesInFlight() {
        return 32 * 1_024 * 1_024;
    }

    /**
     * How long to wait for something that has to happen. Only a broken transport ever takes that long, so it should be
     * generous.
     */
    default Duration patience() {
        return Duration.ofSeconds(20);
    }
}
