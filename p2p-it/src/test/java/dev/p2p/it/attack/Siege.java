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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * A node under attack, and a healthy peer that talks with it all the time. {@link #repels} plays one attack many times and then
 * asks for three things: the node ended each connection for the right reason and for no other, the healthy peer was not
 * disturbed, and no memory is left behind.
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
    private boolean warm;

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
        if (!warm) {
            play(reason, 1, attack); // what the node loads and keeps once is not what this is about
            warm = true;
        }
        long before = Memory.used();
        play(reason, times, attack);
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

    private void play(Reason reason, int times, Attack attack) throws IOException {
        Map<Reason, Long> before = node.endings();
        List<HostilePeer> attackers = new ArrayList<>();
        try {
            for (int i = 0; i < times; i++) {
                HostilePeer attacker = HostilePeer.dial(place());
                attackers.add(attacker);
                strike(attack, attacker);
            }
            awaitTalk();
            awaitEndings(before, reason, times);
            for (HostilePeer attacker : attackers) {
                attacker.awaitEnd();
            }
        } finally {
            for (HostilePeer attacker : attackers) {
                attacker.close();
            }
        }
        assertThat(difference(before, node.endings()))
                .as("why connections ended")
                .isEqualTo(Map.of(reason, (long) times));
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
