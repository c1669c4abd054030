package dev.p2p.router.internal.admission;

import dev.p2p.api.Endpoint;
import dev.p2p.api.HostPort;
import dev.p2p.api.LocalEndpoint;
import dev.p2p.api.NetEndpoint;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.Reason;
import dev.p2p.api.transport.TransportException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Turns addresses into places to dial. Host names are looked up on two platform threads of its own, because the platform's
 * look-up blocks a carrier of virtual threads for as long as the name server likes.
 */
final class Resolver implements AutoCloseable {

    /** The port that a v0.35 node takes for an address without one. */
    private static final int DEFAULT_PORT = 26_656;

    private static final int MAX_PLACES = 4;

    private final ExecutorService lookups = Executors.newFixedThreadPool(
            2, Thread.ofPlatform().daemon().name("p2p-resolver-", 0).factory());

    /**
     * The places of an address, best first, at least one.
     *
     * @throws TransportException with {@code UNKNOWN_HOST} if a name has no address or none is found in time
     */
    List<Endpoint> resolve(NodeAddress address, Duration limit) throws TransportException, InterruptedException {
        if (address.host().isEmpty()) {
            String name = address.path().isEmpty() ? address.id().toString() : address.path();
            return List.of(new LocalEndpoint(address.protocol(), name));
        }
        int port = address.port() == 0 ? DEFAULT_PORT : address.port();
        Optional<InetAddress> literal = new HostPort(address.host(), port).ip();
        InetAddress[] found = literal.isPresent() ? new InetAddress[] {literal.get()} : lookUp(address.host(), limit);
        return Stream.of(found)
                .limit(MAX_PLACES)
                .<Endpoint>map(ip -> new NetEndpoint(address.protocol(), ip, port))
                .toList();
    }

    @Override
    public void close() {
        lookups.shutdownNow();
    }

    private InetAddress[] lookUp(String host, Duration limit) throws TransportException, InterruptedException {
        Future<InetAddress[]> lookup = lookups.submit(() -> InetAddress.getAllByName(host));
        try {
            return lookup.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            lookup.cancel(true);
            throw new TransportException(Reason.UNKNOWN_HOST, "no answer about host " + host + " within " + limit, e);
        } catch (ExecutionException e) {
            String why = e.getCause() instanceof UnknownHostException ? "is unknown" : "could not be looked up";
            throw new TransportException(Reason.UNKNOWN_HOST, "host " + host + " " + why, e);
        }
    }
}
