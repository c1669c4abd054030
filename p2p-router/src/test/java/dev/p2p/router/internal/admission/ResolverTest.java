package dev.p2p.router.internal.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.p2p.api.Endpoint;
import dev.p2p.api.LocalEndpoint;
import dev.p2p.api.NetEndpoint;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.api.Reason;
import dev.p2p.api.transport.TransportException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** From addresses to places, without asking a real name server. */
class ResolverTest {

    private static final NodeId ID = new NodeId(1, 2, 3);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Instant now = Instant.ofEpochSecond(1_700_000_000);

    @Test
    @DisplayName("AD-50 AD-54 AD-55 AD-56: literals need no look-up, and get the usual port where none is given")
    void literalsNeedNoLookUpAndGetTheUsualPortWhereNoneIsGiven() throws Exception {
        try (Resolver resolver = resolver(host -> {
            throw new AssertionError("asked about " + host);
        })) {
            assertThat(resolve(resolver, "127.0.0.1:80")).containsExactly(place("127.0.0.1", 80));
            assertThat(resolve(resolver, "127.0.0.1")).containsExactly(place("127.0.0.1", 26_656));
            assertThat(resolve(resolver, "8.8.8.8:1")).containsExactly(place("8.8.8.8", 1));
            assertThat(resolve(resolver, "[::1]:1")).containsExactly(place("::1", 1));
            assertThat(resolve(resolver, "[2001:db8::ff00:42:8329]:1"))
                    .containsExactly(place("2001:db8::ff00:42:8329", 1));
        }
    }

    @Test
    @DisplayName("AD-58: an address without a host is a local place, named like its node")
    void anAddressWithoutAHostIsALocalPlace() throws Exception {
        try (Resolver resolver = resolver(host -> new InetAddress[0])) {
            NodeAddress memory = new NodeAddress(ID, "memory", "", 0, "");
            assertThat(resolver.resolve(memory, PATIENCE)).containsExactly(new LocalEndpoint("memory", ID.toString()));
        }
    }

    @Test
    @DisplayName("AD-51 AD-52: a name leads to its places of both kinds")
    void aNameLeadsToBothKinds() throws Exception {
        try (Resolver resolver = resolver(host -> {
            assertThat(host).isEqualTo("localhost");
            return new InetAddress[] {ip("127.0.0.1"), ip("::1")};
        })) {
            assertThat(resolve(resolver, "localhost:80"))
                    .containsExactlyInAnyOrder(place("127.0.0.1", 80), place("::1", 80));
        }
    }

    @Test
    @DisplayName(
            "W17 W18: the two kinds of addresses of a name alternate, IPv6 first, and the name is asked for again in time")
    void bothKindsAlternateAndAreAskedForAgain() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (Resolver resolver = resolver(host -> {
            asked.incrementAndGet();
            return new InetAddress[] {ip("10.0.0.1"), ip("10.0.0.2"), ip("fd00::1")};
        })) {
            List<Endpoint> places = resolve(resolver, "seed.example.org:1");
            assertThat(places).containsExactly(place("fd00::1", 1), place("10.0.0.1", 1), place("10.0.0.2", 1));
            assertThat(resolve(resolver, "seed.example.org:1")).isEqualTo(places);
            assertThat(asked).hasValue(1);
            now = now.plusSeconds(31);
            assertThat(resolve(resolver, "seed.example.org:1")).isEqualTo(places);
            assertThat(asked).hasValue(2);
        }
    }

    @Test
    @DisplayName("AD-57: a name without an address is an unknown host")
    void aNameWithoutAnAddressIsAnUnknownHost() {
        try (Resolver resolver = resolver(host -> {
            throw new UnknownHostException(host);
        })) {
            assertUnknown(() -> resolve(resolver, "nowhere.example.org:1"), "is unknown");
        }
    }

    @Test
    void aNameThatLeadsToNoPlaceIsAnUnknownHost() throws Exception {
        try (Resolver resolver = resolver(host -> host.startsWith("some")
                ? new InetAddress[] {ip("0.0.0.0"), ip("10.0.0.1"), ip("::")}
                : new InetAddress[] {ip("0.0.0.0"), ip("::")})) {
            assertThat(resolve(resolver, "somewhere.example.org:1")).containsExactly(place("10.0.0.1", 1));
            assertUnknown(() -> resolve(resolver, "blocked.example.org:1"), "is nowhere");
        }
    }

    @Test
    @DisplayName("JX-48: a name server that hangs holds few threads, few waiters, and each of those for its limit only")
    void aNameServerThatHangsIsBounded() throws Exception {
        CountDownLatch hanging = new CountDownLatch(1);
        try (Resolver resolver = resolver(host -> {
            try {
                hanging.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new UnknownHostException(host);
        })) {
            List<Thread> waiters = new ArrayList<>();
            CountDownLatch refused = new CountDownLatch(1);
            for (int i = 0; i < 80; i++) {
                String host = "host" + i + ".example.org:1";
                waiters.add(Thread.ofVirtual().start(() -> {
                    try {
                        resolve(resolver, host);
                    } catch (TransportException e) {
                        if (String.valueOf(e.getMessage()).contains("too many")) {
                            refused.countDown();
                        }
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }));
            }
            refused.await();
            assertThat(resolve(resolver, "127.0.0.1:1")).hasSize(1);
            hanging.countDown();
            for (Thread waiter : waiters) {
                waiter.join();
            }
        }
    }

    @Test
    void aLookUpEndsAtItsLimit() {
        CountDownLatch never = new CountDownLatch(1);
        try (Resolver resolver = resolver(host -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new UnknownHostException(host);
        })) {
            NodeAddress address = NodeAddress.parse(ID + "@slow.example.org:1");
            assertUnknown(() -> resolver.resolve(address, Duration.ofMillis(20)), "no answer");
        }
    }

    private static void assertUnknown(ThrowingCallable call, String why) {
        assertThatThrownBy(call).isInstanceOfSatisfying(TransportException.class, e -> {
            assertThat(e.reason()).isEqualTo(Reason.UNKNOWN_HOST);
            assertThat(e).hasMessageContaining(why);
        });
    }

    private Resolver resolver(Resolver.Lookup lookup) {
        return new Resolver(lookup, () -> now);
    }

    private static List<Endpoint> resolve(Resolver resolver, String place)
            throws TransportException, InterruptedException {
        return resolver.resolve(NodeAddress.parse(ID + "@" + place), PATIENCE);
    }

    private static NetEndpoint place(String ip, int port) {
        try {
            return new NetEndpoint("tcp", ip(ip), port);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private static InetAddress ip(String literal) throws UnknownHostException {
        return InetAddress.getByName(literal);
    }
}
