package dev.p2p.router.internal.peers;

import dev.p2p.api.AddressScope;
import dev.p2p.api.ChannelId;
import dev.p2p.api.Direction;
import dev.p2p.api.Endpoint;
import dev.p2p.api.LocalEndpoint;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.api.NodeInfo;
import dev.p2p.api.PeerRef;
import dev.p2p.api.Reason;
import dev.p2p.api.reactor.PeerError;
import dev.p2p.api.store.PeerFlag;
import dev.p2p.api.store.PeerRecord;
import dev.p2p.api.store.Source;
import dev.p2p.router.control.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * The machine under the verbs of Tendermint's peer manager ({@code internal/p2p/peermanager.go}): no reserved slots, one bound for
 * connections of both directions, replacement for any difference in score, everything told. A dial begins only when it is asked
 * for, and time stands still unless it is moved.
 */
final class GoVerbs {

    static final NodeId SELF = id('f');

    /** What its options are called there; zero as there. */
    record Options(
            Set<NodeId> persistent,
            int maxPeers,
            int maxConnected,
            int maxUpgrade,
            int maxOutgoing,
            Duration minRetry,
            Duration maxRetry,
            Map<NodeId, Integer> scores,
            Set<NodeId> privatePeers,
            Optional<NodeAddress> selfAddress) {

        static Options none() {
            return new Options(
                    Set.of(), 0, 0, 0, 0, Duration.ZERO, Duration.ZERO, Map.of(), Set.of(), Optional.empty());
        }

        Options connected(int max, int upgrade) {
            return new Options(
                    persistent,
                    maxPeers,
                    max,
                    upgrade,
                    maxOutgoing,
                    minRetry,
                    maxRetry,
                    scores,
                    privatePeers,
                    selfAddress);
        }

        Options peers(int max) {
            return new Options(
                    persistent,
                    max,
                    maxConnected,
                    maxUpgrade,
                    maxOutgoing,
                    minRetry,
                    maxRetry,
                    scores,
                    privatePeers,
                    selfAddress);
        }

        Options scored(Map<NodeId, Integer> values) {
            return new Options(
                    persistent,
                    maxPeers,
                    maxConnected,
                    maxUpgrade,
                    maxOutgoing,
                    minRetry,
                    maxRetry,
                    values,
                    privatePeers,
                    selfAddress);
        }

        Options retrying(Duration min, Duration max) {
            return new Options(
                    persistent,
                    maxPeers,
                    maxConnected,
                    maxUpgrade,
                    maxOutgoing,
                    min,
                    max,
                    scores,
                    privatePeers,
                    selfAddress);
        }

        Options persistent(NodeId... ids) {
            return new Options(
                    Set.of(ids),
                    maxPeers,
                    maxConnected,
                    maxUpgrade,
                    maxOutgoing,
                    minRetry,
                    maxRetry,
                    scores,
                    privatePeers,
                    selfAddress);
        }

        Options hiding(NodeId... ids) {
            return new Options(
                    persistent,
                    maxPeers,
                    maxConnected,
                    maxUpgrade,
                    maxOutgoing,
                    minRetry,
                    maxRetry,
                    scores,
                    Set.of(ids),
                    selfAddress);
        }

        Options reachedAt(NodeAddress address) {
            return new Options(
                    persistent,
                    maxPeers,
                    maxConnected,
                    maxUpgrade,
                    maxOutgoing,
                    minRetry,
                    maxRetry,
                    scores,
                    privatePeers,
                    Optional.of(address));
        }
    }

    private static final int MANY = 1_000;

    final PeerManager manager;
    private final DialBudget budget = new DialBudget(0, 0, Instant.EPOCH);
    private final Map<NodeId, Long> dialing = new HashMap<>();
    private final Map<NodeId, PeerRef> live = new HashMap<>();
    private final TreeSet<NodeId> toEvict = new TreeSet<>();
    private final List<NodeAddress> toDial = new ArrayList<>();
    final List<Decision> decisions = new ArrayList<>();
    private long attempts = MANY;
    Instant now = Instant.ofEpochSecond(1_700_000_000);

    GoVerbs(Options options) {
        this(options, List.of());
    }

    GoVerbs(Options options, List<PeerRecord> remembered) {
        int connected = options.maxConnected == 0 ? MANY : options.maxConnected;
        int upgrade = options.maxConnected == 0 ? 0 : options.maxUpgrade;
        int outgoing = options.maxOutgoing == 0 ? connected : options.maxOutgoing;
        int peers = options.maxPeers == 0 ? 10 * MANY : options.maxPeers;
        Map<NodeId, Set<PeerFlag>> flags = new HashMap<>();
        options.persistent.forEach(id -> flags.put(id, Set.of(PeerFlag.PERSISTENT)));
        options.privatePeers.forEach(id -> flags.put(id, Set.of(PeerFlag.PRIVATE)));
        boolean retries = !options.minRetry.isZero();
        BackOff retry = retries
                ? new BackOff(options.minRetry, options.maxRetry.isZero() ? Duration.ofDays(365) : options.maxRetry)
                : new BackOff(Duration.ofDays(36_500), Duration.ofDays(36_500));
        Pace pace = new Pace(
                retry,
                retry,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ofSeconds(5),
                0,
                0,
                0,
                MANY);
        PeerPolicy policy = PeerPolicy.defaults(SELF)
                .withFlags(flags)
                .withPace(pace)
                .withoutReservedSlots(1)
                .withCaps(new Caps(outgoing, connected + upgrade, upgrade, 0, upgrade, connected));
        AddressRules rules = policy.rules()
                .withMaxPeers(peers)
                .withNarrowestScope(AddressScope.LOCAL)
                .withTellUnverified(true)
                .withOwn(options.selfAddress.stream().toList(), List.of());
        rules = new AddressRules(
                peers,
                peers,
                rules.addressesPerPeer(),
                rules.sourceQuota(),
                rules.groupQuota(),
                MANY,
                rules.narrowestScope(),
                rules.lowestPort(),
                true,
                rules.configuredOwn(),
                List.of(),
                rules.votesNeeded(),
                rules.life());
        manager = new PeerManager(policy.withRules(rules), new SplittableRandom(3), () -> ++attempts, budget);
        List<PeerRecord> all = new ArrayList<>(remembered);
        options.scores.forEach((id, score) -> {
            if (all.stream().noneMatch(peer -> peer.id().equals(id))) {
                all.add(PeerRecord.unknown(id, now).withReputation(score, now));
            } else {
                all.replaceAll(peer -> peer.id().equals(id) ? peer.withReputation(score, now) : peer);
            }
        });
        apply(new Input.Restore(all));
        apply(new Input.Start());
    }

    static NodeId id(char digit) {
        return NodeId.parse(String.valueOf(digit).repeat(NodeId.HEX_DIGITS));
    }

    static NodeAddress address(NodeId id) {
        return new NodeAddress(id, "memory", "", 0, "");
    }

    /** Whether the address was new. */
    boolean add(NodeAddress address) {
        boolean before = knows(address);
        apply(new Input.Learn(address, new Source.Operator()));
        return knows(address) && !before;
    }

    boolean add(NodeId id) {
        return add(address(id));
    }

    private boolean knows(NodeAddress address) {
        PeerEntry entry = manager.book().find(address.id());
        return entry != null && Addresses.find(entry.record(), address) != null;
    }

    /** Whom to dial now, if anybody. */
    Optional<NodeAddress> tryDialNext() {
        budget.grant(1);
        apply(new Input.Wake());
        if (budget.available(now)) {
            budget.take();
        }
        return toDial.isEmpty() ? Optional.empty() : Optional.of(toDial.removeFirst());
    }

    Optional<NodeId> dialNext() {
        return tryDialNext().map(NodeAddress::id);
    }

    boolean dialFailed(NodeId id) {
        Long attempt = dialing.remove(id);
        apply(new Input.DialFailed(attempt == null ? 0 : attempt, Reason.DIAL_TIMEOUT, ""));
        return attempt != null;
    }

    /** Whether the connection was admitted. A dial that was never begun is unknown to the machine. */
    boolean dialed(NodeId id) {
        Long attempt = dialing.remove(id);
        return admits(new Input.Handshaken(attempt == null ? 0 : attempt, info(id), Direction.OUTBOUND, remote(id)));
    }

    /** Dials and connects. */
    boolean dialAndConnect(NodeId id) {
        Optional<NodeAddress> next = tryDialNext();
        return next.isPresent() && next.get().id().equals(id) && dialed(id);
    }

    /** Whether a connection that came in was admitted. */
    boolean accepted(NodeId id) {
        long attempt = ++attempts;
        boolean proceeds =
                apply(new Input.Accepted(attempt, remote(id))).stream().anyMatch(Effect.Proceed.class::isInstance);
        return proceeds && admits(new Input.Handshaken(attempt, info(id), Direction.INBOUND, remote(id)));
    }

    /** Whose connection is to be ended, if anybody's. */
    Optional<NodeId> tryEvictNext() {
        return Optional.ofNullable(toEvict.pollFirst());
    }

    void disconnected(NodeId id) {
        PeerRef peer = live.remove(id);
        toEvict.remove(id);
        apply(new Input.Closed(peer == null ? new PeerRef(id, 0) : peer, Reason.CLOSED_BY_PEER));
    }

    void errored(NodeId id) {
        PeerRef peer = live.getOrDefault(id, new PeerRef(id, 0));
        apply(new Input.Reported(peer, PeerError.disconnect("test")));
    }

    boolean isUp(NodeId id) {
        return live.containsKey(id);
    }

    Set<NodeId> peers() {
        Set<NodeId> ids = new TreeSet<>();
        manager.known().stream()
                .filter(peer -> !peer.addresses().isEmpty() || live.containsKey(peer.id()))
                .forEach(peer -> ids.add(peer.id()));
        return ids;
    }

    List<NodeAddress> addresses(NodeId id) {
        PeerEntry entry = manager.book().find(id);
        return entry == null
                ? List.of()
                : entry.record().addresses().stream()
                        .map(record -> record.address())
                        .toList();
    }

    double score(NodeId id) {
        PeerEntry entry = manager.book().find(id);
        return entry == null ? 0 : Reputation.at(entry.record(), now);
    }

    List<NodeAddress> advertise(NodeId to, int limit) {
        return manager.pool().draw(to, AddressScope.LOCAL, limit, new SplittableRandom(5));
    }

    List<PeerRecord> remembered() {
        return manager.known();
    }

    List<Effect> apply(Input input) {
        List<Effect> effects = manager.apply(input, now);
        for (Effect effect : effects) {
            switch (effect) {
                case Effect.Dial(var attempt, var address) -> {
                    dialing.put(address.id(), attempt);
                    toDial.add(address);
                }
                case Effect.Admit(var _, var peer) -> live.put(peer.id(), peer);
                case Effect.Close(var peer, var _) -> toEvict.add(peer.id());
                case Effect.Decided(var decision) -> decisions.add(decision);
                default -> {}
            }
        }
        return effects;
    }

    private boolean admits(Input.Handshaken done) {
        return apply(done).stream().anyMatch(Effect.Admit.class::isInstance);
    }

    private static NodeInfo info(NodeId id) {
        return NodeInfo.of(id, "test", "peer", "", "0.0.0.0:0", List.of(new ChannelId(1)));
    }

    private static Endpoint remote(NodeId id) {
        return new LocalEndpoint("memory", id.toString());
    }
}
