package dev.p2p.router.internal.admission;

import dev.p2p.api.Endpoint;
import dev.p2p.api.HostPort;
import dev.p2p.api.LocalEndpoint;
import dev.p2p.api.NetEndpoint;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.Reason;
import dev.p2p.api.transport.TransportException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Turns addresses into places to dial. Host names are looked up for every dial, on a few platform threads of its own, because the
 * platform's look-up blocks a carrier of virtual threads for as long as the name server likes. Few wait, answers are kept for a
 * moment only, and the two kinds of IP address alternate, so that one that does not work here costs one head start.
 */
final class Resolver implements AutoCloseable {

    /** The port that a v0.35 node takes for an address without one. */
    private static final int DEFAULT_PORT = 26_656;

    private static final int MAX_PLACES = 8;
    private static final int THREADS = 2;
    private static final int MAX_WAITING = 64;
    private static final int MAX_KEPT = 1_024;
    private static final Duration KEPT_FOR = Duration.ofSeconds(30);

    /** Asks a name server. Blocks. */
    @FunctionalInterface
    interface Lookup {
        InetAddress[] addressesOf(String host) throws UnknownHostException;
    }

    /** An answer, while it may be used. */
    private record Kept(List<InetAddress> addresses, Instant until) {}

    private final Lookup lookup;
    private final InstantSource clock;
    private final ExecutorService lookups = new ThreadPoolExecutor(
            THREADS,
            THREADS,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MAX_WAITING),
            Thread.ofPlatform().daemon().name("p2p-resolver-", 0).factory());
    private final LinkedHashMap<String, Kept> kept = new LinkedHashMap<>();

    Resolver(InstantSource clock) {
        this(InetAddress::getAllByName, clock);
    }

    Resolver(Lookup lookup, InstantSource clock) {
        this.lookup = lookup;
        this.clock = clock;
    }

    /**
     * The places of an address, best first, at least one. A name server's word for "nowhere" is no place.
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
        List<InetAddress> found = literal.isPresent() ? List.of(literal.get()) : lookUp(address.host(), limit);
        List<Endpoint> places = found.stream()
                .filter(ip -> !ip.isAnyLocalAddress())
                .limit(MAX_PLACES)
                .<Endpoint>map(ip -> new NetEndpoint(address.protocol(), ip, port))
                .toList();
        if (places.isEmpty()) {
            throw new TransportException(Reason.UNKNOWN_HOST, "host " + address.host() + " is nowhere");
        }
        return places;
    }

    @Override
    public void close() {
        lookups.shutdownNow();
    }

    private List<InetAddress> lookUp(String host, Duration limit) throws TransportException, InterruptedException {
        List<InetAddress> known = recall(host);
        if (known != null) {
            return known;
        }
        Future<InetAddress[]> answer = begin(host);
        try {
            List<InetAddress> found = alternating(answer.get(limit.toMillis(), TimeUnit.MILLISECONDS));
            keep(host, found);
            return found;
        } catch (TimeoutException e) {
            throw new TransportException(Reason.UNKNOWN_HOST, "no answer about host " + host + " within " + limit, e);
        } catch (ExecutionException e) {
            String why = e.getCause() instanceof UnknownHostException ? "is unknown" : "could not be looked up";
            throw new TransportException(Reason.UNKNOWN_HOST, "host " + host + " " + why, e);
        } finally {
            answer.cancel(true);
        }
    }

    private Future<InetAddress[]> begin(String host) throws TransportException {
        try {
            return lookups.submit(() -> lookup.addressesOf(host));
        } catch (RejectedExecutionException e) {
            throw new TransportException(
                    Reason.UNKNOWN_HOST, "host " + host + " is not looked up: too many look-ups wait", e);
        }
    }

    /** IPv6 first, then in turns (RFC 8305, section 4). */
    private static List<InetAddress> alternating(InetAddress[] found) {
        ArrayDeque<InetAddress> v6 = new ArrayDeque<>();
        ArrayDeque<InetAddress> v4 = new ArrayDeque<>();
        for (InetAddress ip : found) {
            (ip instanceof Inet6Address ? v6 : v4).add(ip);
        }
        List<InetAddress> order = new ArrayList<>();
        while (!v6.isEmpty() || !v4.isEmpty()) {
            if (!v6.isEmpty()) {
                order.add(v6.remove());
            }
            if (!v4.isEmpty()) {
                order.add(v4.remove());
            }
        }
        return order;
    }

    private @Nullable List<InetAddress> recall(String host) {
        Instant now = clock.instant();
        synchronized (kept) {
            Kept answer = kept.get(host);
            return answer != null && now.isBefore(answer.until) ? answer.addresses : null;
        }
    }

    private void keep(String host, List<InetAddress> found) {
        Kept answer = new Kept(found, clock.instant().plus(KEPT_FOR));
        synchronized (kept) {
            kept.remove(host);
            kept.put(host, answer);
            if (kept.size() > MAX_KEPT) {
                kept.pollFirstEntry();
            }
        }
    }
}
