package dev.p2p.router;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.p2p.api.PeerRef;
import dev.p2p.api.reactor.ReactorEvent;
import dev.p2p.api.reactor.ReactorEvent.PeerDown;
import dev.p2p.api.reactor.ReactorEvent.PeerUp;
import dev.p2p.api.reactor.ReactorEvent.Received;
import dev.p2p.api.reactor.ReactorEvent.Started;
import dev.p2p.api.reactor.SendResult;
import dev.p2p.testkit.transport.LeakCheck;
import dev.p2p.transport.memory.MemoryNetwork;
import dev.p2p.transport.memory.MemoryTransportProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Two nodes whose connections break at random points of the traffic, on either side. {@code -Dseed=} replays the points. */
class BrokenConnectionsTest {

    private static final int CONNECTIONS = 200;
    private static final int LONGEST_LIFE_BYTES = 40_000;
    private static final int LAST_MESSAGES = 2_000;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final long seed = Long.getLong("seed", ThreadLocalRandom.current().nextLong());
    private final LeakCheck leaks = LeakCheck.start();
    private final MemoryNetwork network = new MemoryNetwork();
    private final List<Talker> nodes = new ArrayList<>();

    /** The connections break no more. */
    private volatile boolean whole;

    /** How many messages were queued on each of the sender's connections. */
    private final Map<Long, Integer> queued = new HashMap<>();

    /** What came over each of the receiver's connections: which of the sender's it was, and how much of it. */
    private final Map<PeerRef, Long> origins = new HashMap<>();

    private final Map<PeerRef, Integer> received = new HashMap<>();

    @AfterEach
    void closesWithoutLeavingAnything() {
        nodes.reversed().forEach(node -> node.router().close());
        leaks.assertNothingLeft(PATIENCE);
    }

    @Test
    @DisplayName(
            "JX-43: wherever a connection breaks, what came over it are the first messages that were queued on it, once")
    void whatComesIsAPrefixOfWhatWasQueued() throws Exception {
        System.out.println("connections that break at random points: -Dseed=" + seed);
        SplittableRandom random = new SplittableRandom(seed);
        Talker receiver = start(new Talker(1, cut(random.split()), Talker.TALK).listening());
        Talker sender = start(new Talker(2, cut(random.split()), Talker.TALK));
        sender.router().control().add(receiver.address(), Set.of());
        PeerRef last = null;
        while (queued.size() <= CONNECTIONS) {
            whole = queued.size() == CONNECTIONS;
            PeerRef peer = connected(sender, receiver);
            int sent = flood(sender, peer);
            queued.put(peer.connection(), sent);
            if (sent < LAST_MESSAGES) {
                sender.awaitDown();
            }
            last = peer;
        }
        assertThat(queued.get(last.connection())).isEqualTo(LAST_MESSAGES);
        while (!received.containsValue(LAST_MESSAGES)) {
            ReactorEvent event = receiver.events.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertThat(event)
                    .as("everything on the last connection arrives; -Dseed=%s", seed)
                    .isNotNull();
            takeIn(event);
        }
        assertThat(origins.values()).as("-Dseed=%s", seed).doesNotHaveDuplicates();
        origins.forEach((peer, origin) -> assertThat(received.get(peer))
                .as("-Dseed=%s, over %s", seed, origin)
                .isLessThanOrEqualTo(queued.get(origin)));
        assertThat(origins)
                .as("connections that carried anything, -Dseed=%s", seed)
                .hasSizeGreaterThan(CONNECTIONS / 4);
    }

    /** The next connection: dialed at once, whatever became of those before, and again if the receiver still has an old one. */
    private PeerRef connected(Talker sender, Talker receiver) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline) {
            sender.router().control().connect(receiver.id());
            ReactorEvent event = sender.events.poll(50, TimeUnit.MILLISECONDS);
            if (event instanceof PeerUp up) {
                return up.peer();
            }
        }
        throw new AssertionError("no connection within " + PATIENCE + "; -Dseed=" + seed);
    }

    /** Sends until the connection is gone, or enough was sent. */
    private int flood(Talker sender, PeerRef peer) throws InterruptedException {
        for (int i = 0; i < LAST_MESSAGES; i++) {
            String text = peer.connection() + ":" + i + ":" + "x".repeat(i % 300);
            SendResult result = sender.channel().send(peer, StringValue.of(text), PATIENCE);
            if (result != SendResult.QUEUED) {
                assertThat(result).isIn(SendResult.STALE, SendResult.NOT_CONNECTED);
                return i;
            }
        }
        return LAST_MESSAGES;
    }

    /** Each message continues where the one before it on the same connection left off. */
    private void takeIn(ReactorEvent event) {
        switch (event) {
            case Received(var from, var _, StringValue message) -> {
                String[] parts = message.getValue().split(":", 3);
                long origin = Long.parseLong(parts[0]);
                int number = Integer.parseInt(parts[1]);
                assertThat(parts[2]).as("-Dseed=%s", seed).hasSize(number % 300);
                assertThat(origins.computeIfAbsent(from, peer -> origin))
                        .as("-Dseed=%s: all of one connection came over one", seed)
                        .isEqualTo(origin);
                assertThat(received.merge(from, 1, Integer::sum) - 1)
                        .as("-Dseed=%s: order over %s", seed, origin)
                        .isEqualTo(number);
            }
            case Started _, PeerUp _, PeerDown _ -> {}
            default -> throw new AssertionError("unexpected: " + event);
        }
    }

    private CutNetwork cut(SplittableRandom random) {
        return new CutNetwork(new MemoryTransportProvider(network), () -> {
            long lot = random.nextLong(1, LONGEST_LIFE_BYTES);
            return whole ? Long.MAX_VALUE : lot;
        });
    }

    private Talker start(Talker node) throws Exception {
        nodes.add(node);
        return node.start();
    }
}
