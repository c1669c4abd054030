package dev.p2p.cli.crawl;

import dev.p2p.api.ChannelId;
import dev.p2p.api.HostPort;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.api.NodeInfo;
import dev.p2p.api.NodeKey;
import dev.p2p.api.transport.Connection;
import dev.p2p.api.transport.InboundSink;
import dev.p2p.cli.dial.Caller;
import dev.p2p.cli.dial.TestNodes;
import dev.p2p.cli.dial.Visit;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Nodes on loopback that tell of each other, and count how often they are asked; dead ones and liars among them. */
final class TellingNetwork {

    private static final ChannelId PEX = new ChannelId(0);

    private final TestNodes nodes;
    private final String name;
    private final List<NodeAddress> all = new CopyOnWriteArrayList<>();
    private final Map<NodeId, Integer> questions = new ConcurrentHashMap<>();
    private final List<NodeKey> keys = new ArrayList<>();

    /**
     * Somebody who answers in another's place.
     *
     * @param claimed whom the others tell of
     * @param real who answers there
     */
    record Impostor(NodeId claimed, NodeId real) {}

    /** What a liar answers. */
    enum Lie {
        ENDLESS_MESSAGE,
        TOO_MANY_ADDRESSES,
        TALKS_ON,
        OTHER_NETWORK
    }

    TellingNetwork(TestNodes nodes, String name) {
        this.nodes = nodes;
        this.name = name;
    }

    /** Adds nodes that answer, and addresses where nobody is. */
    void add(int living, int dead) throws IOException {
        for (int i = 0; i < living; i++) {
            NodeKey key = newKey();
            serve(key, name, null);
        }
        for (int i = 0; i < dead; i++) {
            tell(newKey().id(), nodes.deadPlace());
        }
    }

    NodeKey liar(Lie lie) throws IOException {
        NodeKey key = newKey();
        serve(key, lie == Lie.OTHER_NETWORK ? "another-network" : name, lie);
        return key;
    }

    /** A place where another node answers than the one that is told of. */
    Impostor impostor() throws IOException {
        NodeId claimed = newKey().id();
        NodeKey real = newKey();
        NodeInfo info = NodeInfo.of(real.id(), name, "impostor", "0.40.0", "0.0.0.0:1", Caller.PEX_ONLY);
        tell(claimed, nodes.scripted(real, info, connection -> {}));
        return new Impostor(claimed, real.id());
    }

    /** A place where another service answers. */
    void garbage() throws IOException {
        tell(newKey().id(), nodes.server(socket -> socket.getOutputStream().write(new byte[100])));
    }

    /** Where to begin. */
    String start() {
        NodeAddress first = all.getFirst();
        return first.id() + "@" + first.host() + ":" + first.port();
    }

    NodeId first() {
        return all.getFirst().id();
    }

    /** How often each node was asked. */
    Map<NodeId, Integer> questions() {
        return questions;
    }

    /** What a good node tells: every third of the others, beginning with the next, so that it takes three steps to hear of all. */
    List<NodeAddress> told(NodeId teller) {
        int number = IntStream.range(0, all.size())
                .filter(i -> all.get(i).id().equals(teller))
                .findFirst()
                .orElse(0);
        return IntStream.range(0, (all.size() + 2) / 3)
                .mapToObj(i -> all.get((number + 1 + 3 * i) % all.size()))
                .distinct()
                .toList();
    }

    private NodeKey newKey() {
        NodeKey key = TestNodes.key(100 + keys.size());
        keys.add(key);
        return key;
    }

    private void tell(NodeId id, String place) {
        all.add(NodeAddress.of(id, HostPort.parse(place)));
    }

    private void serve(NodeKey key, String network, @Nullable Lie lie) throws IOException {
        NodeInfo info = NodeInfo.of(
                key.id(),
                network,
                "node-" + all.size(),
                all.size() % 3 == 0 ? "0.38.25" : "0.40.0",
                "0.0.0.0:1",
                Caller.PEX_ONLY);
        tell(key.id(), nodes.scripted(key, info, connection -> answer(connection, key.id(), lie)));
    }

    private void answer(Connection connection, NodeId self, @Nullable Lie lie) {
        Asked asked = new Asked(self);
        try (Visit visit = Visit.start(connection, asked)) {
            asked.reply(visit, lie);
            visit.ended().join();
        }
    }

    /** Replies to each question, once it knows through what. */
    private final class Asked implements InboundSink {

        private final NodeId self;
        private volatile @Nullable Visit visit;
        private volatile @Nullable Lie lie;
        private boolean early;

        Asked(NodeId self) {
            this.self = self;
        }

        synchronized void reply(Visit through, @Nullable Lie how) {
            visit = through;
            lie = how;
            if (early) {
                send(through, how);
            }
        }

        @Override
        public synchronized void piece(ChannelId channel, ByteBuffer bytes, boolean last) {
            questions.merge(self, 1, Integer::sum);
            Visit through = visit;
            if (through == null) {
                early = true;
            } else {
                send(through, lie);
            }
        }

        @Override
        public int maxMessageBytes(ChannelId channel) {
            return 1_024;
        }

        private void send(Visit through, @Nullable Lie how) {
            switch (how) {
                case null -> through.send(PEX, answer(told(self)));
                case OTHER_NETWORK -> {}
                case ENDLESS_MESSAGE -> through.send(PEX, new byte[5_000_000]);
                case TOO_MANY_ADDRESSES -> through.send(PEX, answer(invented(600)));
                case TALKS_ON -> IntStream.range(0, 500).forEach(i -> through.send(PEX, PexMessages.request()));
            }
        }

        private byte[] answer(List<NodeAddress> addresses) {
            return TestAnswers.of(addresses.stream()
                    .map(address -> TestAnswers.entry(address.id().toString(), address.host(), address.port()))
                    .toList());
        }

        private List<NodeAddress> invented(int count) {
            return IntStream.range(0, count)
                    .mapToObj(i -> NodeAddress.of(new NodeId(1, i, i), new HostPort("127.0.0.1", 1 + i)))
                    .toList();
        }
    }
}
