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
import dev.p2p.api.store.PeerRecord;
import dev.p2p.api.store.Source;
import dev.p2p.router.control.Decision;
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

    static final NodeId A = id('a');
    static final NodeId B = id('b');
    static final NodeId C = id('c');
    static final NodeId D = id('d');

    private static final int FIRST_ATTEMPT = 1_000;

    final PeerManager manager;
    private final DialBudget budget = new DialBudget(0, 0, Instant.EPOCH);
    private final Map<NodeId, Long> dialing = new HashMap<>();
    private final Map<NodeId, PeerRef> live = new HashMap<>();
    private final TreeSet<NodeId> toEvict = new TreeSet<>();
    private final List<NodeAddress> toDial = new ArrayList<>();
    final List<Decision> decisions = new ArrayList<>();
    private long attempts = FIRST_ATTEMPT;
    Instant now = Instant.ofEpochSecond(1_700_000_000);

    GoVerbs(GoOptions options) {
        this(options, List.of());
    }

    GoVerbs(GoOptions options, List<PeerRecord> remembered) {
        manager = new PeerManager(options.policy(SELF), new SplittableRandom(3), () -> ++attempts, budget);
        apply(new Input.Restore(options.scored(remembered, now)));
        apply(new Input.Start());
    }

    private static NodeId id(char digit) {
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
