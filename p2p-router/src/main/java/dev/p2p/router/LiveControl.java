package dev.p2p.router;

import dev.p2p.api.IpBlock;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.api.NodeInfo;
import dev.p2p.api.reactor.PeerView;
import dev.p2p.api.store.PeerFlag;
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
import dev.p2p.router.control.StoreStatus;
import dev.p2p.router.internal.link.Link;
import dev.p2p.router.internal.link.LinkTable;
import dev.p2p.router.internal.peers.Input.Wish;
import dev.p2p.router.internal.peers.PeerDriver;
import dev.p2p.router.internal.peers.PeerManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Passes an operator's questions and wishes to the peer manager, and adds what only the links know. */
final class LiveControl implements PeerControl {

    /** Half of what may wait for the store, so that none of a past is dropped on the way. */
    private static final int EVENTS_AT_ONCE = 5_000;

    private final Supplier<@Nullable PeerDriver> driver;
    private final LinkTable links;
    private final Supplier<NodeInfo> self;
    private final Supplier<Instant> startedAt;

    LiveControl(
            Supplier<@Nullable PeerDriver> driver,
            LinkTable links,
            Supplier<NodeInfo> self,
            Supplier<Instant> startedAt) {
        this.driver = driver;
        this.links = links;
        this.self = self;
        this.startedAt = startedAt;
    }

    @Override
    public NodeStatus status() throws InterruptedException {
        PeerDriver running = running();
        long missed = running.missedEvents();
        return running.ask((manager, now) -> manager.status(self.get(), startedAt.get(), now, missed));
    }

    @Override
    public StoreStatus store() throws InterruptedException, PeerStoreException {
        return running().store();
    }

    @Override
    public List<ChannelTraffic> channels(NodeId id) {
        Link link = links.current(id);
        return link == null ? List.of() : link.channels();
    }

    @Override
    public List<KnownPeer> peers() throws InterruptedException {
        return running().ask(PeerManager::peers).stream().map(this::withView).toList();
    }

    @Override
    public Optional<KnownPeer> peer(NodeId id) throws InterruptedException {
        return running().ask((manager, now) -> manager.peer(id, now)).map(this::withView);
    }

    @Override
    public Explanation explain(NodeId id) throws InterruptedException {
        Explanation told = running().ask((manager, now) -> manager.explain(id, now));
        return new Explanation(
                id, told.peer().map(this::withView), told.why(), told.next(), told.score(), told.decisions());
    }

    @Override
    public List<Decision> history(NodeId id, int limit) throws InterruptedException {
        return running().ask((manager, now) -> manager.history(id, limit));
    }

    @Override
    public List<Ban> bans() throws InterruptedException {
        return running().ask(PeerManager::bans);
    }

    @Override
    public Outcome add(NodeAddress address, Set<PeerFlag> flags) throws InterruptedException, PeerStoreException {
        return running().wish(new Wish.Add(address, Set.copyOf(flags)));
    }

    @Override
    public Outcome flag(NodeId id, Set<PeerFlag> flags) throws InterruptedException, PeerStoreException {
        return running().wish(new Wish.Flag(id, Set.copyOf(flags)));
    }

    @Override
    public Outcome remove(NodeId id) throws InterruptedException, PeerStoreException {
        return running().wish(new Wish.Remove(id));
    }

    @Override
    public Outcome connect(NodeId id) throws InterruptedException {
        return passing(new Wish.Connect(id));
    }

    @Override
    public Outcome disconnect(NodeId id, String why) throws InterruptedException {
        return passing(new Wish.Disconnect(id, why));
    }

    @Override
    public Outcome ban(NodeId id, Duration duration, String reason) throws InterruptedException, PeerStoreException {
        requirePositive(duration);
        return running().wish(new Wish.Ban(id, duration, reason));
    }

    @Override
    public Outcome unban(NodeId id) throws InterruptedException, PeerStoreException {
        return running().wish(new Wish.Unban(id));
    }

    @Override
    public Outcome ban(IpBlock block, Duration duration, String reason)
            throws InterruptedException, PeerStoreException {
        requirePositive(duration);
        return running().wish(new Wish.Block(block, duration, reason));
    }

    @Override
    public Outcome unban(IpBlock block) throws InterruptedException, PeerStoreException {
        return running().wish(new Wish.Unblock(block));
    }

    @Override
    public List<Outcome> takeIn(List<PeerMemory> peers, MergeRule rule)
            throws InterruptedException, PeerStoreException {
        requireFew(peers);
        List<Outcome> outcomes = new ArrayList<>();
        List<Wish.TakeIn> some = new ArrayList<>();
        int events = 0;
        for (PeerMemory peer : peers) {
            if (events + peer.history().size() > EVENTS_AT_ONCE) {
                outcomes.addAll(running().wishAll(some));
                some.clear();
                events = 0;
            }
            some.add(new Wish.TakeIn(peer, rule));
            events += peer.history().size();
        }
        outcomes.addAll(running().wishAll(some));
        return outcomes;
    }

    @Override
    public List<Outcome> rehearse(List<PeerMemory> peers, MergeRule rule) throws InterruptedException {
        requireFew(peers);
        return running()
                .ask((manager, now) -> peers.stream()
                        .map(peer -> manager.rehearse(peer, rule, now))
                        .toList());
    }

    @Override
    public Outcome limit(int maxInbound, int maxOutbound) throws InterruptedException {
        if (maxInbound < 0 || maxOutbound < 0) {
            throw new IllegalArgumentException("a cap is at least 0, not " + maxInbound + " and " + maxOutbound);
        }
        return passing(new Wish.Limit(maxInbound, maxOutbound));
    }

    @Override
    public PeerEvents subscribe(int capacity) {
        return running().subscribe(capacity);
    }

    private Outcome passing(Wish wish) throws InterruptedException {
        try {
            return running().wish(wish);
        } catch (PeerStoreException e) {
            throw new IllegalStateException("nothing was to be written", e);
        }
    }

    private PeerDriver running() {
        PeerDriver running = driver.get();
        if (running == null) {
            throw new IllegalStateException("the node is not running");
        }
        return running;
    }

    private KnownPeer withView(KnownPeer peer) {
        if (peer.connection().isEmpty()) {
            return peer;
        }
        KnownPeer.Live live = peer.connection().get();
        Link link = links.current(peer.record().id());
        Optional<PeerView> view =
                link != null && link.peer().equals(live.peer()) ? Optional.of(link.view()) : Optional.empty();
        return new KnownPeer(
                peer.record(),
                peer.flags(),
                peer.state(),
                peer.score(),
                peer.nextAttempt(),
                Optional.of(new KnownPeer.Live(live.peer(), live.direction(), live.slot(), live.since(), view)));
    }

    private static void requireFew(List<PeerMemory> peers) {
        if (peers.size() > MOST_TAKEN_IN) {
            throw new IllegalArgumentException("at most " + MOST_TAKEN_IN + " peers are taken in at once");
        }
    }

    private static void requirePositive(Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException("a ban lasts longer than " + duration);
        }
    }
}
