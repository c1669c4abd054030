package dev.p2p.it.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.BytesValue;
import com.google.protobuf.StringValue;
import com.google.protobuf.UnsafeByteOperations;
import dev.p2p.api.NetEndpoint;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeKey;
import dev.p2p.api.Reason;
import dev.p2p.api.reactor.Channel;
import dev.p2p.api.reactor.ChannelDescriptor;
import dev.p2p.api.reactor.ReactorEvent.PeerDown;
import dev.p2p.api.reactor.ReactorEvent.Received;
import dev.p2p.api.reactor.ReactorEvent.Tick;
import dev.p2p.router.Router;
import dev.p2p.router.RouterBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * A node under attack, and a healthy peer that talks with it all the time. {@link #repels} plays one attack many times and then
 * asks for three things: the node ended each connection for the right reason and for no other, the healthy peer was not
 * disturbed, and no memory is left behind. An attack that the node withstands ends when the attacker leaves.
 */
final class Siege implements AutoCloseable {

    static final String NETWORK = "siege";

    /** The channel on which the healthy peer talks, and most attackers. */
    static final int TALK = 0x71;

    /** A channel on which the node sends as much as it can to whoever serves it. */
    static final int BULK = 0x72;

    static final int MAX_TALK_BYTES = 16 * 1_024;

    /** So much may a node grow while it is attacked many times: its pools fill, and it remembers whom it met. */
    static final long MOST_GROWTH_BYTES = 12 << 20;

    private static final int ATTACKS = 16;
    private static final int BULK_BYTES = 64 * 1_024;
    private static final Duration TALK_EVERY = Duration.ofMillis(5);

    private static final ChannelDescriptor<StringValue> TALKING =
            ChannelDescriptor.of(TALK, "talk", StringValue.parser()).withMaxMessageBytes(MAX_TALK_BYTES);
    private static final ChannelDescriptor<BytesValue> PUSHING =
            ChannelDescriptor.of(BULK, "bulk", BytesValue.parser());

    private final Router node;
    private final Router healthy;
    private final AtomicLong echoes = new AtomicLong();
    private final AtomicInteger losses = new AtomicInteger();

    /** Where the next attacker comes from. */
    interface Arrival {
        HostilePeer next() throws IOException;
    }

    /** What an attacker does on a connection that was just opened. It may end early when the node closes. */
    interface Attack {
        void on(HostilePeer attacker) throws IOException;
    }

    /** @param besieged says what is special about the node */
    Siege(Consumer<RouterBuilder> besieged) throws IOException {
        RouterBuilder builder = Router.builder(NodeKey.generate(new SecureRandom()), NETWORK)
                .listen(new NetEndpoint("tcp", InetAddress.ofLiteral("127.0.0.1"), 0))
                .reactor("echo", setup -> {
                    Channel<StringValue> talk = setup.open(TALKING);
                    return event -> {
                        if (event instanceof Received<?>(var from, var _, StringValue text)) {
                            talk.send(from, text);
                        }
                    };
                })
                .reactor("bulk", setup -> {
                    Channel<BytesValue> bulk = setup.open(PUSHING);
                    setup.every("push", TALK_EVERY);
                    BytesValue much = BytesValue.of(UnsafeByteOperations.unsafeWrap(new byte[BULK_BYTES]));
                    return event -> {
                        if (event instanceof Tick) {
                            bulk.broadcast(much);
                        }
                    };
                });
        besieged.accept(builder);
        node = builder.build();
        node.start();
        healthy = Router.builder(NodeKey.generate(new SecureRandom()), NETWORK)
                .persistentPeer(NodeAddress.of(node.self().id(), place()))
                .reactor("talk", setup -> {
                    Channel<StringValue> talk = setup.open(TALKING);
                    setup.every("talk", TALK_EVERY);
                    return event -> {
                        switch (event) {
                            case Tick _ -> talk.send(node.self().id(), StringValue.of("still here"));
                            case Received<?> _ -> echoes.incrementAndGet();
                            case PeerDown _ -> losses.incrementAndGet();
                            default -> {}
                        }
                    };
                })
                .build();
        healthy.start();
        Await.until(() -> echoes.get() > 0, () -> "the healthy peer to be connected");
        losses.set(0); // an impatient node may have needed two attempts
        awaitTalk();
        warmUp();
    }

    Router node() {
        return node;
    }

    NetEndpoint place() {
        return (NetEndpoint) node.endpoints().getFirst();
    }

    /** Plays an attack several times, each under a new identity, all connections open at the same time. */
    void repels(Reason reason, Attack attack) throws IOException {
        repels(reason, ATTACKS, attack);
    }

    void repels(Reason reason, int times, Attack attack) throws IOException {
        repels(Map.of(reason, times), Set.of(), this::stranger, attack);
    }

    /** The same with somebody who leaves by itself, and whom the node has no reason to end. */
    void endures(Attack attack) throws IOException {
        endures(ATTACKS, attack);
    }

    void endures(int times, Attack attack) throws IOException {
        repels(Reason.CLOSED_BY_PEER, times, attacker -> {
            attack.on(attacker);
            attacker.close();
        });
    }

    /**
     * Plays attacks side by side.
     *
     * @param times how many end for which reason
     * @param beside for what reasons connections may end beyond that, however often
     * @param arrival brings the attackers, one for each
     */
    void repels(Map<Reason, Integer> times, Set<Reason> beside, Arrival arrival, Attack attack) throws IOException {
        long before = Memory.used();
        play(times, beside, arrival, attack);
        Memory.settlesBelow(before + MOST_GROWTH_BYTES);
    }

    /** Waits until the node has ended as many connections as this for a reason, since then. */
    void awaitEndings(Map<Reason, Long> since, Reason reason, int times) {
        Await.until(
                () -> node.endings().getOrDefault(reason, 0L) - since.getOrDefault(reason, 0L) >= times,
                () -> times + " ended for " + reason + "; there are " + difference(since, node.endings()));
    }

    /** The healthy peer has talked with the node after this was called, on the one connection that it ever had. */
    void awaitTalk() {
        long before = echoes.get();
        Await.until(() -> echoes.get() >= before + 3, () -> "the healthy peer to hear echoes");
        assertThat(losses).as("connections that the healthy peer lost").hasValue(0);
    }

    @Override
    public void close() {
        healthy.close();
        node.close();
    }

    /** Somebody comes, behaves, and leaves: what the node loads and keeps for its first guest is not what the attacks are about. */
    private void warmUp() throws IOException {
        Map<Reason, Long> before = node.endings();
        long guests = 0;
        while (!difference(before, node.endings()).containsKey(Reason.CLOSED_BY_PEER)) {
            guests++;
            try (HostilePeer guest = stranger()) {
                strike(HostilePeer::shakeHands, guest);
            }
            long all = guests;
            Await.until(
                    () -> difference(before, node.endings()).values().stream()
                                    .mapToLong(Long::longValue)
                                    .sum()
                            >= all,
                    () -> "the node to see that its first guest has left");
        }
        awaitTalk();
    }

    private HostilePeer stranger() throws IOException {
        return HostilePeer.dial(place());
    }

    private void play(Map<Reason, Integer> times, Set<Reason> beside, Arrival arrival, Attack attack)
            throws IOException {
        Map<Reason, Long> before = node.endings();
        List<HostilePeer> attackers = new ArrayList<>();
        try {
            int all = times.values().stream().mapToInt(Integer::intValue).sum();
            for (int i = 0; i < all; i++) {
                HostilePeer attacker = arrival.next();
                attackers.add(attacker);
                strike(attack, attacker);
            }
            awaitTalk();
            for (Map.Entry<Reason, Integer> each : times.entrySet()) {
                awaitEndings(before, each.getKey(), each.getValue());
            }
            for (HostilePeer attacker : attackers) {
                attacker.awaitEnd();
            }
        } finally {
            for (HostilePeer attacker : attackers) {
                attacker.close();
            }
        }
        Map<Reason, Long> ended = difference(before, node.endings());
        Map<Reason, Long> expected = new EnumMap<>(Reason.class);
        times.forEach((reason, count) -> expected.put(reason, (long) count));
        ended.keySet().removeAll(beside);
        expected.keySet().removeAll(beside);
        assertThat(ended).as("why connections ended").isEqualTo(expected);
        awaitTalk();
    }

    private static void strike(Attack attack, HostilePeer attacker) {
        try {
            attack.on(attacker);
        } catch (IOException e) {
            // the node closed before the attacker was done; the reason is asked for later
        }
    }

    private static Map<Reason, Long> difference(Map<Reason, Long> before, Map<Reason, Long> after) {
        Map<Reason, Long> more = new EnumMap<>(after);
        before.forEach((reason, count) -> more.merge(reason, -count, Long::sum));
        more.values().removeIf(count -> count == 0);
        return more;
    }
}
