package dev.p2p.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.StringValue;
import dev.p2p.api.IpBlock;
import dev.p2p.api.LocalEndpoint;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.api.NodeKey;
import dev.p2p.api.reactor.Channel;
import dev.p2p.api.reactor.ChannelDescriptor;
import dev.p2p.api.reactor.PeerError;
import dev.p2p.api.reactor.ReactorEvent;
import dev.p2p.api.reactor.ReactorEvent.PeerDown;
import dev.p2p.api.reactor.ReactorEvent.PeerUp;
import dev.p2p.api.reactor.ReactorEvent.Received;
import dev.p2p.api.reactor.ReactorSetup;
import dev.p2p.api.store.AddressRecord;
import dev.p2p.api.store.HistoryEvent;
import dev.p2p.api.store.PeerFlag;
import dev.p2p.api.store.PeerRecord;
import dev.p2p.api.store.PeerStore;
import dev.p2p.api.store.Source;
import dev.p2p.router.control.Ban;
import dev.p2p.router.control.Decision;
import dev.p2p.router.control.Decision.Kind;
import dev.p2p.router.control.KnownPeer;
import dev.p2p.router.control.MergeRule;
import dev.p2p.router.control.Outcome;
import dev.p2p.router.control.PeerControl;
import dev.p2p.router.control.PeerEvents;
import dev.p2p.router.control.PeerMemory;
import dev.p2p.router.control.PeerState;
import dev.p2p.router.control.SlotClass;
import dev.p2p.router.internal.store.MemoryPeerStore;
import dev.p2p.transport.memory.MemoryNetwork;
import dev.p2p.transport.memory.MemoryTransportProvider;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** An operator at running nodes, and what reactors see of it. */
class LiveControlTest {

    private static final ChannelDescriptor<StringValue> TALK = ChannelDescriptor.of(0x71, "talk", StringValue.parser());
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final MemoryNetwork network = new MemoryNetwork();
    private final List<Router> nodes = new ArrayList<>();

    /** A node with a reactor that greets whoever comes up, from inside its handler. */
    private final class Node {

        private final NodeKey key;
        private final BlockingQueue<ReactorEvent> events = new LinkedBlockingQueue<>();
        private final AtomicReference<Channel<StringValue>> channel = new AtomicReference<>();
        private final PeerStore store = new MemoryPeerStore();
        private final Router router;

        Node(int number) throws Exception {
            byte[] seed = new byte[32];
            seed[0] = (byte) number;
            key = NodeKey.ofSeed(seed);
            router = Router.builder(key, "test")
                    .transport(new MemoryTransportProvider(network))
                    .listen(new LocalEndpoint("memory", key.id().toString()))
                    .store(store)
                    .reactor("talk", setup -> {
                        channel.set(setup.open(TALK));
                        return event -> {
                            events.add(event);
                            if (event instanceof PeerUp up) {
                                channel.get().send(up.peer(), StringValue.of("hello"));
                            }
                        };
                    })
                    .build();
            nodes.add(router);
            router.start();
        }

        PeerControl control() {
            return router.control();
        }

        NodeId id() {
            return key.id();
        }

        NodeAddress address() {
            return new NodeAddress(key.id(), "memory", "", 0, "");
        }

        <E extends ReactorEvent> E await(Class<E> type) throws InterruptedException {
            while (true) {
                ReactorEvent event = events.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                assertThat(event).as("waiting for %s", type.getSimpleName()).isNotNull();
                if (type.isInstance(event)) {
                    return type.cast(event);
                }
            }
        }
    }

    @AfterEach
    void closesWithoutLeavingAThread() {
        nodes.reversed().forEach(Router::close);
        assertThat(nodes).allSatisfy(node -> assertThat(node.liveThreads()).isEmpty());
    }

    @Test
    @DisplayName(
            "W29: an added peer is connected, shown with its traffic, explained, and written before the call returns")
    void anAddedPeerIsConnectedAndShown() throws Exception {
        Node server = new Node(1);
        Node client = new Node(2);
        assertThat(client.control().add(server.address(), Set.of(PeerFlag.PERSISTENT)))
                .isEqualTo(Outcome.DONE);
        assertThat(client.store.get(server.id()).orElseThrow().flags()).containsExactly(PeerFlag.PERSISTENT);
        client.await(PeerUp.class);
        KnownPeer peer = client.control().peer(server.id()).orElseThrow();
        assertThat(peer.state()).isEqualTo(PeerState.CONNECTED);
        assertThat(peer.connection().orElseThrow().slot()).isEqualTo(SlotClass.RESERVED);
        assertThat(peer.connection().orElseThrow().view()).isPresent();
        assertThat(client.control().peers())
                .containsExactly(client.control().peer(server.id()).orElseThrow());
        assertThat(client.control().explain(server.id()).why())
                .contains("dialed")
                .contains("reserved");
        assertThat(client.control().status().slots().getFirst().connected()).isEqualTo(1);
        assertThat(client.control().add(client.address(), Set.of())).isEqualTo(Outcome.OWN_ADDRESS);
    }

    @Test
    @DisplayName(
            "W29 JX-24: a ban ends the connection, is on disk when the call returns, holds in both directions and can be lifted")
    void aBanHoldsUntilItIsLifted() throws Exception {
        Node server = new Node(1);
        Node client = new Node(2);
        client.control().add(server.address(), Set.of());
        server.await(PeerUp.class);
        assertThat(server.control().ban(client.id(), Duration.ofHours(1), "bad-manners"))
                .isEqualTo(Outcome.DONE);
        assertThat(server.store.get(client.id()).orElseThrow().ban()).isPresent();
        server.await(PeerDown.class);
        assertThat(server.control().connect(client.id())).isEqualTo(Outcome.BANNED);
        assertThat(server.control().bans()).singleElement().isInstanceOfSatisfying(Ban.OfPeer.class, ban -> {
            assertThat(ban.id()).isEqualTo(client.id());
            assertThat(ban.mark().reason()).isEqualTo("bad-manners");
        });
        assertThat(server.control().unban(client.id())).isEqualTo(Outcome.DONE);
        assertThat(client.control().connect(server.id())).isIn(Outcome.DONE, Outcome.UNCHANGED);
        server.await(PeerUp.class);
    }

    @Test
    @DisplayName("W29: a banned range is on disk when the call returns")
    void aBannedRangeIsOnDisk() throws Exception {
        Node node = new Node(1);
        IpBlock block = IpBlock.parse("192.0.2.0/24");
        assertThat(node.control().ban(block, Duration.ofDays(400_000), "test")).isEqualTo(Outcome.DONE);
        assertThat(node.store.blocks()).containsOnlyKeys(block);
        assertThat(node.control().bans()).hasSize(1);
        assertThat(node.control().unban(block)).isEqualTo(Outcome.DONE);
        assertThat(node.control().unban(block)).isEqualTo(Outcome.UNCHANGED);
        assertThat(node.store.blocks()).isEmpty();
    }

    @Test
    @DisplayName("a subscriber that never reads loses the oldest decisions, is told how many, and slows nobody")
    void aSubscriberThatNeverReadsSlowsNobody() throws Exception {
        Node node = new Node(1);
        try (PeerEvents events = node.control().subscribe(4)) {
            for (int i = 1; i <= 10; i++) {
                node.control().add(NodeAddress.parse(new NodeId(i, i, i) + "@20.1.1.1:1"), Set.of());
            }
            long told = node.control().status().missedEvents();
            assertThat(events.missed()).isGreaterThan(0).isGreaterThanOrEqualTo(told);
            assertThat(events.next(Duration.ZERO)).isPresent();
        }
    }

    @Test
    @DisplayName(
            "JX-09 PS-05 PS-06 PS-07: each subscriber gets what happens after he came, in order, until he closes; a late one asks for what is")
    void eachSubscriberGetsWhatHappensAfterHeCame() throws Exception {
        Node server = new Node(1);
        Node client = new Node(2);
        PeerEvents one = client.control().subscribe(1_000);
        PeerEvents other = client.control().subscribe(1_000);
        client.control().add(server.address(), Set.of());
        PeerEvents third = client.control().subscribe(1_000);
        assertThat(await(one, Kind.ADMITTED)).isEqualTo(await(other, Kind.ADMITTED));
        other.close();
        PeerEvents late = client.control().subscribe(1_000);
        assertThat(client.control().peer(server.id()).orElseThrow().state()).isEqualTo(PeerState.CONNECTED);
        client.control().disconnect(server.id(), "test");
        Decision down = await(one, Kind.DISCONNECTED);
        assertThat(await(third, Kind.DISCONNECTED)).isEqualTo(down);
        Optional<Decision> next = late.next(PATIENCE);
        while (next.filter(down::equals).isEmpty()) {
            assertThat(next)
                    .hasValueSatisfying(before -> assertThat(before.kind()).isNotEqualTo(Kind.ADMITTED));
            next = late.next(PATIENCE);
        }
        assertThat(other.next(Duration.ZERO)).isEmpty();
        assertThat(other.ended()).isTrue();
    }

    @Test
    @DisplayName("RT-03 RT-14: a reported peer goes down, rests, and comes up again with another connection")
    void aReportedPeerComesBack() throws Exception {
        Node server = new Node(1);
        Node client = new Node(2);
        client.control().add(server.address(), Set.of(PeerFlag.PERSISTENT));
        PeerUp first = client.await(PeerUp.class);
        client.channel.get().report(first.peer(), PeerError.disconnect("test"));
        assertThat(client.await(PeerDown.class).peer()).isEqualTo(first.peer());
        assertThat(client.await(PeerUp.class).peer().connection())
                .isGreaterThan(first.peer().connection());
    }

    @Test
    @DisplayName("RT-23 JX-40: what a reactor sends from inside its handler of a new peer arrives")
    void whatIsSentAtOnceArrives() throws Exception {
        Node server = new Node(1);
        Node client = new Node(2);
        client.control().add(server.address(), Set.of());
        assertThat(server.await(Received.class).message()).isEqualTo(StringValue.of("hello"));
        assertThat(client.await(Received.class).message()).isEqualTo(StringValue.of("hello"));
    }

    @Test
    @DisplayName("RT-10: a broadcast after a peer has left reaches the others")
    void aBroadcastReachesWhoIsLeft() throws Exception {
        Node hub = new Node(1);
        List<Node> others = List.of(new Node(2), new Node(3), new Node(4));
        for (Node other : others) {
            other.control().add(hub.address(), Set.of());
            hub.await(PeerUp.class);
        }
        others.getLast().router.close();
        hub.await(PeerDown.class);
        assertThat(hub.channel.get().broadcast(StringValue.of("to all")).queued())
                .isEqualTo(2);
        for (Node other : others.subList(0, 2)) {
            StringValue heard = (StringValue) other.await(Received.class).message();
            if (heard.getValue().equals("hello")) {
                heard = (StringValue) other.await(Received.class).message();
            }
            assertThat(heard.getValue()).isEqualTo("to all");
        }
    }

    @Test
    @DisplayName("RT-26: no channel can be opened once the node is built")
    void channelsAreSealed() throws Exception {
        AtomicReference<ReactorSetup> kept = new AtomicReference<>();
        byte[] seed = new byte[32];
        seed[0] = 9;
        Router node = Router.builder(NodeKey.ofSeed(seed), "test")
                .transport(new MemoryTransportProvider(network))
                .reactor("keeps", setup -> {
                    kept.set(setup);
                    return event -> {};
                })
                .build();
        nodes.add(node);
        assertThatThrownBy(() -> kept.get().open(TALK)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @DisplayName("W29: what is taken in is on disk with its past when the call returns, and a persistent one is dialed")
    void whatIsTakenInIsOnDiskAndDialed() throws Exception {
        Node server = new Node(1);
        Node client = new Node(2);
        Instant then = Instant.ofEpochSecond(1_700_000_000);
        HistoryEvent event = new HistoryEvent(then, HistoryEvent.Kind.PENALISED, "late", "");
        PeerRecord friend = PeerRecord.unknown(server.id(), then)
                .withAddresses(List.of(AddressRecord.heard(server.address(), new Source.Operator(), then)))
                .withFlags(Set.of(PeerFlag.PERSISTENT));
        List<PeerMemory> told = new ArrayList<>();
        told.add(new PeerMemory(friend, List.of(event)));
        told.add(new PeerMemory(PeerRecord.unknown(client.id(), then)));
        for (int i = 0; i < 500; i++) {
            told.add(new PeerMemory(PeerRecord.unknown(new NodeId(9, 9, i), then)));
        }

        assertThat(client.control().rehearse(told, MergeRule.KEEP))
                .startsWith(Outcome.DONE, Outcome.OWN_ADDRESS, Outcome.DONE);
        assertThat(client.control().peers()).isEmpty();
        assertThat(client.control().takeIn(told, MergeRule.KEEP))
                .hasSize(502)
                .startsWith(Outcome.DONE, Outcome.OWN_ADDRESS, Outcome.DONE);
        assertThat(client.store.history(server.id(), 10)).contains(event);
        assertThat(client.store.get(new NodeId(9, 9, 499))).isPresent();
        client.await(PeerUp.class);
        assertThat(client.control().takeIn(told.subList(2, 502), MergeRule.KEEP))
                .containsOnly(Outcome.UNCHANGED);
    }

    @Test
    @DisplayName("W29: of many long pasts nothing is lost on the way to the store")
    void ofManyLongPastsNothingIsLost() throws Exception {
        Node node = new Node(1);
        Instant then = Instant.ofEpochSecond(1_700_000_000);
        List<PeerMemory> told = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            List<HistoryEvent> past = new ArrayList<>();
            for (int event = 0; event < 500; event++) {
                past.add(new HistoryEvent(then.minusSeconds(event), HistoryEvent.Kind.REFUSED, "full", "" + event));
            }
            told.add(new PeerMemory(PeerRecord.unknown(new NodeId(9, 9, i), then), past));
        }

        assertThat(node.control().takeIn(told, MergeRule.KEEP)).hasSize(40).containsOnly(Outcome.DONE);
        for (PeerMemory peer : told) {
            assertThat(node.store.history(peer.record().id(), 1_000)).isEqualTo(peer.history());
        }
        assertThat(node.control().store().dropped()).isZero();
    }

    @Test
    @DisplayName("W29: traffic is told for each channel, the store tells of itself, and plans have their time")
    void trafficStoreAndPlansAreTold() throws Exception {
        Node server = new Node(1);
        Node client = new Node(2);
        client.control().add(server.address(), Set.of(PeerFlag.PERSISTENT));
        client.await(Received.class);
        server.await(Received.class);

        assertThat(client.control().channels(server.id())).singleElement().satisfies(channel -> {
            assertThat(channel.name()).isEqualTo("talk");
            assertThat(channel.bytesOut()).isEqualTo(7);
            assertThat(channel.messagesOut()).isEqualTo(1);
            assertThat(channel.dropped()).isZero();
            assertThat(channel.outbound().messages()).isZero();
            assertThat(channel.inbound().maxMessages()).isEqualTo(TALK.inbound().messages());
        });
        assertThat(client.control().channels(client.id())).isEmpty();
        assertThat(client.control().store().failure()).isEmpty();
        assertThat(client.control().store().stats().approximatePeers()).isEqualTo(1);
        assertThat(client.control().status().absent()).isZero();
        try (PeerEvents events = client.control().subscribe(100)) {
            server.router.close();
            await(events, Kind.DISCONNECTED);
        }
        assertThat(client.control().status().absent()).isEqualTo(1);
        assertThat(client.control().status().plans())
                .first()
                .satisfies(plan -> assertThat(plan.what()).isEqualTo("dial of a wanted peer"));
    }

    @Test
    @DisplayName("a node that does not run says so")
    void aNodeThatDoesNotRunSaysSo() throws Exception {
        Node node = new Node(1);
        PeerControl control = node.control();
        PeerEvents events = control.subscribe(10);
        node.router.close();
        assertThatThrownBy(control::status).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> control.connect(node.id())).isInstanceOf(IllegalStateException.class);
        while (events.next(Duration.ZERO).isPresent()) {
            // What happened before the end is still there.
        }
        assertThat(events.ended()).isTrue();
    }

    private static Decision await(PeerEvents events, Kind kind) throws InterruptedException {
        Predicate<Decision> wanted = decision -> decision.kind() == kind;
        Optional<Decision> next = events.next(PATIENCE);
        while (next.filter(wanted).isEmpty()) {
            assertThat(next).as("waiting for %s", kind).isPresent();
            next = events.next(PATIENCE);
        }
        return next.get();
    }
}
