package dev.p2p.router.internal.admission;

import dev.p2p.api.Endpoint;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.Reason;
import dev.p2p.api.transport.PendingConnection;
import dev.p2p.api.transport.Transport;
import dev.p2p.api.transport.TransportException;
import dev.p2p.router.internal.Threads;
import dev.p2p.router.plugin.TransportSet;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Opens connections to addresses: looks their hosts up, and tries the places against each other. */
final class Dialer implements AutoCloseable {

    private final TransportSet transports;
    private final Duration limit;
    private final Threads threads;
    private final Resolver resolver;

    /** @param limit for the look-up, and then for the dials */
    Dialer(TransportSet transports, Duration limit, Threads threads, InstantSource clock) {
        this.transports = transports;
        this.limit = limit;
        this.threads = threads;
        this.resolver = new Resolver(clock);
    }

    /**
     * Blocks until somebody answers at one of the places.
     *
     * @throws IOException with the reason if nobody does
     */
    PendingConnection dial(NodeAddress address) throws IOException, InterruptedException {
        Optional<Transport> transport = transports.find(address.protocol());
        if (transport.isEmpty()) {
            throw new TransportException(
                    Reason.UNKNOWN_PROTOCOL,
                    "no transport serves " + address.protocol() + "; there are " + transports.protocols());
        }
        List<Endpoint> places = resolver.resolve(address, limit);
        return new PlaceRace(transport.get(), places, limit, threads).run();
    }

    @Override
    public void close() {
        resolver.close();
    }
}
