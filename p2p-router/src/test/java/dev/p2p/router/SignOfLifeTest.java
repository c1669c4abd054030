package dev.p2p.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.p2p.api.LocalEndpoint;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.PeerRef;
import dev.p2p.api.Reason;
import dev.p2p.api.transport.Connection;
import dev.p2p.api.transport.Listener;
import dev.p2p.api.transport.Transport;
import dev.p2p.testkit.transport.LeakCheck;
import dev.p2p.testkit.transport.QueuedSource;
import dev.p2p.testkit.transport.RecordingSink;
import dev.p2p.testkit.transport.TestNode;
import dev.p2p.testkit.transport.TestTransportContext;
import dev.p2p.testkit.transport.Worker;
import dev.p2p.testkit.transport.Workers;
import dev.p2p.transport.memory.MemoryNetwork;
import dev.p2p.transport.memory.MemoryTransportProvider;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A peer that a node dialed long ago dials in. The node asks the first connection whether it lives. */
class SignOfLifeTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** More than two sides need that dial each other at the same time. */
    private static final Duration LONG_AGO = Duration.ofMinutes(1);

    private final LeakCheck leaks = LeakCheck.start();
    private final MemoryTransportProvider provider = new MemoryTransportProvider(new MemoryNetwork());
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private final TestTransportContext context = new TestTransportContext(Map.of(), Optional.empty());
    private final Transport transport = provider.create(context);
    private final Workers workers = new Workers(PATIENCE);
    private final TestNode peer = TestNode.of(7).withNetwork("test").withChannels(Talker.TALK.id());
    private final Talker node = new Talker(1, provider, Talker.TALK).listening();
    private Connection first;
    private PeerRef known;

    @AfterEach
    void closesWithoutLeavingAnything() {
        node.router().close();
        transport.close();
        workers.close();
        context.close();
        leaks.assertNothingLeft(PATIENCE);
    }

    @Test
    void aConnectionThatAnswersItsPingStaysAndTheNewcomerIsRefused() throws Exception {
        isDialed();
        workers.start("read-first", () -> first.read(new RecordingSink()));
        workers.start("write-first", () -> first.write(new QueuedSource()));
        Connection second = dialsIn();
        assertThat(workers.start("read-second", () -> second.read(new RecordingSink()))
                        .reason())
                .isEqualTo(Reason.CLOSED_BY_PEER);
        assertThat(first.counters().pingsReceived()).isEqualTo(1);
        assertThat(node.router().peers().connected())
                .singleElement()
                .satisfies(one -> assertThat(one.peer()).isEqualTo(known));
    }

    @Test
    void aConnectionThatDoesNotAnswerMakesRoomForTheNewcomer() throws Exception {
        isDialed();
        Connection second = dialsIn();
        assertThat(node.awaitDown().peer()).isEqualTo(known);
        PeerRef again = node.awaitUp();
        assertThat(again.id()).isEqualTo(peer.id());
        assertThat(again).isNotEqualTo(known);
        assertThat(second.peerInfo().id()).isEqualTo(node.id());
    }

    private void isDialed() throws IOException, InterruptedException {
        Listener listener =
                transport.listen(new LocalEndpoint("memory", peer.id().toString()));
        Worker<Connection> accepting =
                workers.start("accept", () -> listener.accept().handshake(peer.request(PATIENCE)));
        node.builder.clock(now::get).persistentPeer(new NodeAddress(peer.id(), "memory", "", 0, ""));
        node.start();
        first = accepting.result();
        known = node.awaitUp();
        now.updateAndGet(time -> time.plus(LONG_AGO));
    }

    private Connection dialsIn() {
        LocalEndpoint place = new LocalEndpoint("memory", node.id().toString());
        return workers.start("dial", () -> transport.dial(place, PATIENCE).handshake(peer.request(node.id(), PATIENCE)))
                .result();
    }
}
