package dev.p2p.testkit.transport;

import dev.p2p.api.transport.StreamProtocol;
import dev.p2p.api.transport.StreamProtocolProvider;
import dev.p2p.api.transport.TransportContext;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/** What one node lends to its transport in a test. Its timer starts a thread when it is first used. */
public final class TestTransportContext implements TransportContext, AutoCloseable {

    private final Map<String, String> settings;
    private final Optional<StreamProtocolProvider> protocols;
    private final SecureRandom random = new SecureRandom();
    private final ScheduledThreadPoolExecutor timer;
    private @Nullable StreamProtocol protocol;

    /**
     * @param settings the transport's settings
     * @param protocols makes the stream protocol when it is first asked for; empty for a node without one
     */
    public TestTransportContext(Map<String, String> settings, Optional<StreamProtocolProvider> protocols) {
        this.settings = Map.copyOf(settings);
        this.protocols = protocols;
        this.timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("contract-timer").factory());
        timer.setRemoveOnCancelPolicy(true);
    }

    @Override
    public synchronized StreamProtocol streamProtocol() {
        if (protocol == null) {
            protocol = protocols
                    .orElseThrow(() -> new IllegalStateException("this node was built without a stream protocol"))
                    .create(new WithoutProtocol(this));
        }
        return protocol;
    }

    @Override
    public ScheduledExecutorService timer() {
        return timer;
    }

    @Override
    public SecureRandom random() {
        return random;
    }

    @Override
    public Map<String, String> settings() {
        return settings;
    }

    /** How many tasks wait on the timer. */
    public int pendingTasks() {
        return timer.getQueue().size();
    }

    /** Ends the timer. */
    @Override
    public void close() {
        timer.shutdownNow();
    }

    /** What a protocol is made with: it cannot ask for itself. */
    private record WithoutProtocol(TransportContext node) implements TransportContext {

        @Override
        public StreamProtocol streamProtocol() {
            throw new IllegalStateException("a stream protocol does not run on top of another");
        }

        @Override
        public ScheduledExecutorService timer() {
            return node.timer();
        }

        @Override
        public SecureRandom random() {
            return node.random();
        }

        @Override
        public Map<String, String> settings() {
            return node.settings();
        }
    }
}
