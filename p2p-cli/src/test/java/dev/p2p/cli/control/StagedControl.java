package dev.p2p.cli.control;

import dev.p2p.api.IpBlock;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.api.PeerRef;
import dev.p2p.api.reactor.PeerDirectory;
import dev.p2p.api.reactor.PeerView;
import dev.p2p.api.store.Mark;
import dev.p2p.api.store.PeerFlag;
import dev.p2p.api.store.PeerRecord;
import dev.p2p.api.store.PeerStoreException;
import dev.p2p.router.control.Ban;
import dev.p2p.router.control.ChannelTraffic;
import dev.p2p.router.control.Decision;
import dev.p2p.router.control.Explanation;
import dev.p2p.router.control.KnownPeer;
import dev.p2p.router.control.MergeRule;
import dev.p2p.router.control.NodeStatus;
import dev.p2p.router.control.Outcome;
import dev.p2p.router.control.PeerControl;
import dev.p2p.router.control.PeerEvents;
import dev.p2p.router.control.PeerMemory;
import dev.p2p.router.control.PeerState;
import dev.p2p.router.control.StoreStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A node that stands still: two peers, one of them connected, and a list of what it was told to do. */
public final class StagedControl implements PeerControl, PeerDirectory {

    /** Who the node is. */
    public static final NodeId SELF = NodeId.parse("7f3c9a1e04bb2d6c81f0a5f3c2717d9e0fd2be91");

    /** A peer that is connected, and whose name is an attack on the terminal. */
    public static final NodeId CONNECTED = NodeId.parse("8f1d02c77a41b0e9d2f05c6b7a3344e1909f1c55");

    /** A peer that is banned. */
    public static final NodeId BANNED = NodeId.parse("41d7aa30ce0000000000000000000000000000aa");

    /** A peer that comes when the disk is full. */
    public static final NodeId FULL_DISK = NodeId.parse("fd15c00000000000000000000000000000000000");

    private final Instant now;
    private final int copies;
    private final List<String> orders = new ArrayList<>();

    /**
     * A node.
     *
     * @param copies how many peers it knows besides those two
     */
    public StagedControl(Instant now, int copies) {
        this.now = now;
        this.copies = copies;
    }

    /** Serves it in a home. */
    public static ControlServer serve(Path home, StagedControl node) throws IOException {
        return serve(home, node, ControlLimits.USUAL);
    }

    static ControlServer serve(Path home, StagedControl node, ControlLimits limits) throws IOException {
        ControlMethods methods = new ControlMethods(
                node, node, () -> List.of("tcp://0.0.0.0:26656", "tcp://[::]:26656"), InstantSource.fixed(node.now));
        return ControlServer.start(home, SELF, methods, limits);
    }

    /** What it was told to do. */
    public List<String> orders() {
        synchronized (orders) {
            return List.copyOf(orders);
        }
    }

    @Override
    public NodeStatus status() {
        return StagedFigures.status(now);
    }

    @Override
    public StoreStatus store() {
        return StagedFigures.store();
    }

    @Override
    public List<ChannelTraffic> channels(NodeId id) {
        return id.equals(CONNECTED) ? StagedFigures.channels() : List.of();
    }

    @Override
    public List<KnownPeer> peers() {
        List<KnownPeer> peers = new ArrayList<>(List.of(StagedPeers.banned(now), StagedPeers.connected(now)));
        for (int i = 0; i < copies; i++) {
            NodeId id = new NodeId(0xa000_0000_0000_0000L, 0, i);
            peers.add(new KnownPeer(
                    PeerRecord.unknown(id, now),
                    Set.of(),
                    PeerState.NO_ADDRESS,
                    0,
                    Optional.empty(),
                    Optional.empty()));
        }
        return peers;
    }

    @Override
    public Optional<KnownPeer> peer(NodeId id) {
        return peers().stream().filter(peer -> peer.record().id().equals(id)).findFirst();
    }

    @Override
    public Explanation explain(NodeId id) {
        Optional<KnownPeer> peer = peer(id);
        if (peer.isEmpty()) {
            return new Explanation(id, peer, "Nobody told of it.", Optional.empty(), List.of(), List.of());
        }
        return new Explanation(
                id,
                peer,
                "It is banned until 2026-08-31T05:00:00Z: undecodable-message.",
                Optional.of(new Explanation.NextStep(
                        "the ban ends, and it may be dialed", Optional.of(now.plus(Duration.ofHours(17))))),
                List.of("reputation -44.0, was -44.0 now, halves every 60 minutes; banned below -40"),
                history(id, 10));
    }

    @Override
    public List<Decision> history(NodeId id, int limit) {
        return List.of(
                        decision(id, Decision.Kind.BANNED, "undecodable-message", "until 2026-08-31T05:00:00Z"),
                        decision(id, Decision.Kind.PENALISED, "undecodable-message", "20 points"))
                .subList(0, Math.min(2, limit));
    }

    @Override
    public List<Ban> bans() {
        return List.of(
                new Ban.OfPeer(BANNED, new Mark(now.plus(Duration.ofHours(17)), "undecodable-message")),
                new Ban.OfBlock(IpBlock.parse("192.0.2.0/24"), new Mark(now.plus(Duration.ofDays(1)), "scanner")));
    }

    @Override
    public Outcome add(NodeAddress address, Set<PeerFlag> flags) {
        return told("add " + address + " " + flags, address.port() == 9 ? Outcome.OWN_ADDRESS : Outcome.DONE);
    }

    @Override
    public Outcome flag(NodeId id, Set<PeerFlag> flags) {
        return told("flag " + id + " " + flags, Outcome.DONE);
    }

    @Override
    public Outcome remove(NodeId id) {
        return told("remove " + id, peer(id).isPresent() ? Outcome.DONE : Outcome.UNKNOWN_PEER);
    }

    @Override
    public Outcome connect(NodeId id) {
        return told("connect " + id, id.equals(BANNED) ? Outcome.BANNED : Outcome.UNCHANGED);
    }

    @Override
    public Outcome disconnect(NodeId id, String why) {
        return told("disconnect " + id + " " + why, id.equals(CONNECTED) ? Outcome.DONE : Outcome.UNKNOWN_PEER);
    }

    @Override
    public Outcome ban(NodeId id, Duration duration, String reason) {
        return told("ban " + id + " " + duration + " " + reason, Outcome.DONE);
    }

    @Override
    public Outcome unban(NodeId id) {
        return told("unban " + id, Outcome.DONE);
    }

    @Override
    public Outcome ban(IpBlock block, Duration duration, String reason) {
        return told("ban " + block + " " + duration + " " + reason, Outcome.DONE);
    }

    @Override
    public Outcome unban(IpBlock block) {
        return told("unban " + block, Outcome.UNCHANGED);
    }

    @Override
    public List<Outcome> takeIn(List<PeerMemory> peers, MergeRule rule) throws PeerStoreException {
        List<Outcome> outcomes = rehearse(peers, rule);
        for (PeerMemory peer : peers) {
            if (peer.record().id().equals(FULL_DISK)) {
                throw new PeerStoreException(PeerStoreException.Problem.IO, "the disk is full");
            }
            told(
                    "take in " + peer.record().id() + " " + rule + " "
                            + peer.record().addresses().size() + " addresses "
                            + peer.history().size() + " events",
                    Outcome.DONE);
        }
        return outcomes;
    }

    @Override
    public List<Outcome> rehearse(List<PeerMemory> peers, MergeRule rule) {
        return peers.stream().map(peer -> rehearse(peer, rule)).toList();
    }

    private Outcome rehearse(PeerMemory peer, MergeRule rule) {
        if (peer.record().id().equals(SELF)) {
            return Outcome.OWN_ADDRESS;
        }
        return peer(peer.record().id())
                .map(known -> rule.merge(known.record(), peer.record()).equals(known.record())
                        ? Outcome.UNCHANGED
                        : Outcome.UPDATED)
                .orElse(Outcome.DONE);
    }

    @Override
    public Outcome limit(int maxInbound, int maxOutbound) {
        return told("limit " + maxInbound + " " + maxOutbound, Outcome.DONE);
    }

    @Override
    public PeerEvents subscribe(int capacity) {
        return new StagedEvents(List.of(
                decision(CONNECTED, Decision.Kind.DIAL, "slot-free", "tcp://9.9.9.9:26656"),
                decision(CONNECTED, Decision.Kind.ADMITTED, "outbound", "\033[2Jtcp://9.9.9.9:26656"),
                decision(BANNED, Decision.Kind.REFUSED, "banned", "tcp://203.0.113.99:50000")));
    }

    @Override
    public List<PeerView> connected() {
        return StagedPeers.connected(now).connection().orElseThrow().view().stream()
                .toList();
    }

    @Override
    public Optional<PeerView> connected(NodeId id) {
        return connected().stream().filter(view -> view.peer().id().equals(id)).findFirst();
    }

    @Override
    public int known() {
        return 2 + copies;
    }

    @Override
    public void learn(NodeAddress address, PeerRef source) {
        throw new UnsupportedOperationException("a control socket teaches by add");
    }

    @Override
    public List<NodeAddress> sample(PeerRef audience, int limit) {
        return List.of();
    }

    private Outcome told(String order, Outcome outcome) {
        synchronized (orders) {
            orders.add(order);
        }
        return outcome;
    }

    private Decision decision(NodeId id, Decision.Kind kind, String reason, String detail) {
        return new Decision(now.minus(Duration.ofMinutes(5)), Optional.of(id), kind, reason, detail);
    }
}
