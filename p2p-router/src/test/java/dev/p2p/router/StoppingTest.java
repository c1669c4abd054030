package dev.p2p.router;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.p2p.api.LocalEndpoint;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.api.NodeKey;
import dev.p2p.api.Reason;
import dev.p2p.api.reactor.Channel;
import dev.p2p.api.reactor.ReactorEvent;
import dev.p2p.api.reactor.ReactorEvent.PeerUp;
import dev.p2p.api.reactor.ReactorEvent.Received;
import dev.p2p.api.reactor.ReactorEvent.Stopping;
import dev.p2p.router.control.PeerEvents;
import dev.p2p.testkit.transport.LeakCheck;
import dev.p2p.testkit.transport.Poll;
import dev.p2p.transport.memory.MemoryNetwork;
import dev.p2p.transport.memory.MemoryTransportProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Nodes that are closed in the middle of something. {@code -Dseed=} replays where, {@code -Drounds=} does it more often. */
class StoppingTest {

    private static final int ROUNDS = Integer.getInteger("rounds", 40);
    private static final int LATEST_STEP = 60;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** What a reactor must never see: two calls at once, or one after it was told to stop. */
    private static final class Watched {

        private final AtomicInteger inside = new AtomicInteger();
        private final List<String> wrong = new ArrayList<>();
        private int calls;
        private boolean stopped;

        /** Runs on the reactor's thread. */
        void begin(ReactorEvent event) {
            if (inside.getAndIncrement() != 0) {
                note("two calls at once: " + event);
            }
            calls++;
            if (stopped) {
                note("after the stop: " + event);
            }
            stopped = event instanceof Stopping;
        }

        void end() {
            inside.decrementAndGet();
        }

        private void note(String what) {
            synchronized (wrong) {
                wrong.add(what);
            }
        }

        List<String> wrong() {
            synchronized (wrong) {
                return List.copyOf(wrong);
            }
        }
    }

    @Test
    @DisplayName(
            "JX-46 A-19 A-20: wherever a node is when it is closed, close returns, no call comes after it, and nothing is left")
    void aNodeMayBeClosedAtAnyInstant() throws Exception {
        long seed = Long.getLong("seed", ThreadLocalRandom.current().nextLong());
        System.out.println("nodes that are closed at random instants: -Dseed=" + seed);
        SplittableRandom random = new SplittableRandom(seed);
        LeakCheck leaks = LeakCheck.start();
        List<Watched> all = new ArrayList<>();
        List<Integer> calls = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            AtomicInteger left = new AtomicInteger(random.nextInt(1, LATEST_STEP));
            CountDownLatch now = new CountDownLatch(1);
            Runnable step = () -> {
                if (left.decrementAndGet() == 0) {
                    now.countDown();
                }
            };
            MemoryNetwork network = new MemoryNetwork();
            Watched one = new Watched();
            Watched other = new Watched();
            Router server = node(1, network, one, step)
                    .listen(new LocalEndpoint("memory", key(1).id().toString()))
                    .build();
            Router client = node(2, network, other, step)
                    .seed(new NodeAddress(key(1).id(), "memory", "", 0, ""))
                    .build();
            server.start();
            client.start();
            assertThat(now.await(30, TimeUnit.SECONDS)).as("-Dseed=%s", seed).isTrue();
            Router first = random.nextBoolean() ? server : client;
            first.close();
            assertThat(first.liveThreads()).as("-Dseed=%s", seed).isEmpty();
            Router second = first == server ? client : server;
            second.close();
            assertThat(second.liveThreads()).as("-Dseed=%s", seed).isEmpty();
            all.add(one);
            calls.add(one.calls);
            all.add(other);
            calls.add(other.calls);
        }
        leaks.assertNothingLeft(PATIENCE);
        for (int i = 0; i < all.size(); i++) {
            assertThat(all.get(i).wrong()).as("-Dseed=%s", seed).isEmpty();
            assertThat(all.get(i).stopped).as("-Dseed=%s", seed).isTrue();
            assertThat(all.get(i).calls)
                    .as("calls after close, -Dseed=%s", seed)
                    .isEqualTo(calls.get(i));
        }
    }

    @Test
    @DisplayName(
            "PM-08: peers that wait for their next dial hold no thread, and closing ends all, an open subscription as well")
    void waitingPeersHoldNothing() throws Exception {
        LeakCheck leaks = LeakCheck.start();
        MemoryNetwork network = new MemoryNetwork();
        Router idle = node(1, network, new Watched(), () -> {}).build();
        RouterBuilder builder = node(2, network, new Watched(), () -> {});
        for (int i = 1; i <= 20; i++) {
            builder.persistentPeer(new NodeAddress(new NodeId(i, i, i), "memory", "", 0, ""));
        }
        Router waiting = builder.build();
        idle.start();
        waiting.start();
        PeerEvents events = waiting.control().subscribe(1_000);
        assertThat(Poll.until(() -> waiting.endings().getOrDefault(Reason.CONNECTION_REFUSED, 0L) >= 20, PATIENCE))
                .isTrue();
        assertThat(Poll.until(
                        () -> waiting.liveThreads().size() == idle.liveThreads().size(), PATIENCE))
                .as("%s, and without peers %s", waiting.liveThreads(), idle.liveThreads())
                .isTrue();
        waiting.close();
        idle.close();
        assertThat(waiting.liveThreads()).isEmpty();
        leaks.assertNothingLeft(PATIENCE);
        while (events.next(Duration.ZERO).isPresent()) {
            // What happened before the end is still there.
        }
        assertThat(events.ended()).isTrue();
    }

    private static RouterBuilder node(int number, MemoryNetwork network, Watched watched, Runnable step) {
        return Router.builder(key(number), "test")
                .transport(new MemoryTransportProvider(network))
                .reactor("watched", setup -> {
                    Channel<StringValue> channel = setup.open(Talker.TALK);
                    return event -> {
                        watched.begin(event);
                        step.run();
                        switch (event) {
                            case PeerUp up -> channel.send(up.peer(), StringValue.of("on and on"));
                            case Received<?>(var from, var _, StringValue text) -> channel.send(from, text);
                            default -> {}
                        }
                        watched.end();
                    };
                });
    }

    private static NodeKey key(int number) {
        byte[] seed = new byte[32];
        seed[0] = (byte) number;
        return NodeKey.ofSeed(seed);
    }
}
