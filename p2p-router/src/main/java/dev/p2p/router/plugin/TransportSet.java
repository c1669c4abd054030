package dev.p2p.router.plugin;

import dev.p2p.api.transport.StreamProtocol;
import dev.p2p.api.transport.StreamProtocolProvider;
import dev.p2p.api.transport.Transport;
import dev.p2p.api.transport.TransportContext;
import dev.p2p.api.transport.TransportProvider;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/**
 * The transports of one node, by the protocols that they serve, with the timer that they share. Safe to use from every thread.
 */
public final class TransportSet implements AutoCloseable {

    private final Map<String, Transport> byProtocol = new LinkedHashMap<>();
    private final ScheduledThreadPoolExecutor timer;
    private final SecureRandom random;
    private final Map<String, String> settings;
    private final @Nullable StreamProtocol streamProtocol;

    /**
     * Makes the transports. Opens no socket and starts no thread.
     *
     * @param providers at most one for each protocol
     * @param streamProtocol for transports that are byte streams; empty if there is none
     * @param random for keys
     * @param settings given to every transport
     * @throws IllegalArgumentException if two providers claim one protocol
     */
    public TransportSet(
            Iterable<TransportProvider> providers,
            Optional<StreamProtocolProvider> streamProtocol,
            SecureRandom random,
            Map<String, String> settings) {
        this.random = random;
        this.settings = Map.copyOf(settings);
        this.timer = new ScheduledThreadPoolExecutor(
                1, task -> Thread.ofPlatform().daemon().name("p2p-timer").unstarted(task));
        timer.setRemoveOnCancelPolicy(true);
        this.streamProtocol = streamProtocol
                .map(provider -> provider.create(new Context(null)))
                .orElse(null);
        Context context = new Context(this.streamProtocol);
        for (TransportProvider provider : providers) {
            Transport transport = provider.create(context);
            for (String protocol : provider.protocols()) {
                if (byProtocol.putIfAbsent(protocol, transport) != null) {
                    throw new IllegalArgumentException("two transports claim the protocol " + protocol
                            + ", one of them is " + provider.getClass().getName());
                }
            }
        }
    }

    /** The transport of a protocol, if there is one. */
    public Optional<Transport> find(String protocol) {
        return Optional.ofNullable(byProtocol.get(protocol));
    }

    /** The protocols that are served, sorted. */
    public Set<String> protocols() {
        return new TreeSet<>(byProtocol.keySet());
    }

    /** The node's one timer: for short tasks that never block. Ends with this set. */
    public ScheduledExecutorService timer() {
        return timer;
    }

    /** Closes the transports and ends the timer. May be called again. */
    @Override
    public void close() {
        Set.copyOf(byProtocol.values()).forEach(Transport::close);
        timer.shutdownNow();
    }

    private final class Context implements TransportContext {

        private final @Nullable StreamProtocol protocol;

        Context(@Nullable StreamProtocol protocol) {
            this.protocol = protocol;
        }

        @Override
        public StreamProtocol streamProtocol() {
            if (protocol == null) {
                throw new IllegalStateException("the node was built without a stream protocol");
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
    }
}
