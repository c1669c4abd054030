package dev.p2p.cli.dial;

import dev.p2p.api.Endpoint;
import dev.p2p.api.HostPort;
import dev.p2p.api.LocalEndpoint;
import dev.p2p.api.NetEndpoint;
import dev.p2p.api.Reason;
import dev.p2p.api.transport.TransportException;
import java.net.InetAddress;
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
 * Turns targets into places to dial. Host names are looked up on platform threads of its own: the platform's look-up blocks for
 * as long as the name server likes, and cannot be interrupted. Safe to use from every thread.
 */
final class Places implements AutoCloseable {

    /** A name with more addresses than this is a pool; its first ones will do. */
    private static final int MAX_PLACES = 4;

    private final ExecutorService lookUps = Executors.newFixedThreadPool(
            4, Thread.ofPlatform().daemon().name("p2p-look-up-", 0).factory());

    /**
     * The places of a target, best first, at least one.
     *
     * @throws TransportException with {@code UNKNOWN_HOST} if a name has no address or none is found in time
     */
    List<Endpoint> of(Target target, Duration limit) throws TransportException, InterruptedException {
        if (target.place().isEmpty()) {
            return List.of(new LocalEndpoint(target.protocol(), target.name()));
        }
        HostPort place = target.place().get();
        Optional<InetAddress> literal = place.ip();
        InetAddress[] found = literal.isPresent() ? new InetAddress[] {literal.get()} : lookUp(place.host(), limit);
        return Stream.of(found)
                .limit(MAX_PLACES)
                .<Endpoint>map(ip -> new NetEndpoint(target.protocol(), ip, place.port()))
                .toList();
    }

    @Override
    public void close() {
        lookUps.shutdownNow();
    }

    private InetAddress[] lookUp(String host, Duration limit) throws TransportException, InterruptedException {
        Future<InetAddress[]> lookUp = lookUps.submit(() -> InetAddress.getAllByName(host));
        try {
            return lookUp.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            lookUp.cancel(true);
            throw new TransportException(Reason.UNKNOWN_HOST, "no answer about host " + host + " in time", e);
        } catch (ExecutionException e) {
            throw new TransportException(Reason.UNKNOWN_HOST, "host " + host + " has no address", e);
        }
    }
}
