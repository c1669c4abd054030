package dev.p2p.router.internal.peers;

import dev.p2p.api.AddressScope;
import dev.p2p.api.ChannelId;
import dev.p2p.api.Direction;
import dev.p2p.api.NetEndpoint;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.api.NodeInfo;
import dev.p2p.api.PeerRef;
import dev.p2p.api.Reason;
import dev.p2p.api.store.Change;
import dev.p2p.api.store.PeerRecord;
import dev.p2p.api.store.Source;
import dev.p2p.router.control.Decision;
import dev.p2p.router.control.Outcome;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The machine in its production profile, with short words for what happens to it. Peers are numbers. */
final class MachineRig {

    static final NodeId SELF = id(500);
    static final Instant START = Instant.ofEpochSecond(1_700_000_000);

    final PeerManager manager;
    final List<Decision> decisions = new ArrayList<>();

    /** What was to be done at the start. */
    final List<Effect> atStart;

    private long attempts = 1_000_000;
    Instant now;

    MachineRig(PeerPolicy policy) {
        this(policy, List.of());
    }

    MachineRig(PeerPolicy policy, List<PeerRecord> remembered) {
        this(policy, remembered, START);
    }

    MachineRig(PeerPolicy policy, List<PeerRecord> remembered, Instant begin) {
        now = begin;
        manager = new PeerManager(policy, new SplittableRandom(11), () -> ++attempts);
        apply(new Input.Restore(remembered));
        atStart = apply(new Input.Start());
    }

    static PeerPolicy policy(int inbound, int outbound) {
        return PeerPolicy.defaults(SELF)
                .withNarrowestScope(AddressScope.LOOPBACK)
                .withCaps(inbound, outbound, 1_000);
    }

    /** A small machine with one persistent peer. */
    static MachineRig persistent(int number) {
        return new MachineRig(policy(2, 2).withPersistent(List.of(address(number))));
    }

    List<Effect> apply(Input input) {
        List<Effect> effects = manager.apply(input, now);
        effects.forEach(effect -> {
            if (effect instanceof Effect.Decided(var decision)) {
                decisions.add(decision);
            }
        });
        return effects;
    }

    List<Effect> later(Duration time) {
        now = now.plus(time);
        return apply(new Input.Wake());
    }

    List<Effect.Dial> learn(int number) {
        return dials(apply(new Input.Learn(address(number), new Source.Operator())));
    }

    List<Effect> dialFailed(Effect.Dial dial) {
        return apply(new Input.DialFailed(dial.attempt(), Reason.DIAL_TIMEOUT, ""));
    }

    Optional<PeerRef> dialed(Effect.Dial dial) {
        return admitted(handshaken(dial.attempt(), dial.address().id(), Direction.OUTBOUND, 1));
    }

    /** Learns an address and lets its dial succeed. */
    PeerRef connect(int number) {
        return dialed(learn(number).getFirst()).orElseThrow();
    }

    /** Somebody connects, who has not proven anything yet. */
    List<Effect> knocks(long attempt) {
        return apply(new Input.Accepted(attempt, new NetEndpoint("tcp", ip(1), 40_000)));
    }

    /** Somebody comes in from an address of his own and proves himself. */
    List<Effect> comesIn(int number) {
        long attempt = ++attempts;
        List<Effect> knock = apply(new Input.Accepted(attempt, new NetEndpoint("tcp", ip(number), 40_000)));
        return knock.contains(new Effect.Proceed(attempt))
                ? handshaken(attempt, id(number), Direction.INBOUND, number)
                : knock;
    }

    List<Effect> handshaken(long attempt, NodeId id, Direction direction, int from) {
        NodeInfo info = NodeInfo.of(id, "net", "peer", "", "0.0.0.0:26656", List.of(new ChannelId(0)));
        return apply(new Input.Handshaken(attempt, info, direction, new NetEndpoint("tcp", ip(from), 40_000)));
    }

    List<Effect> closed(PeerRef peer) {
        return apply(new Input.Closed(peer, Reason.CLOSED_BY_PEER));
    }

    Outcome wish(Input.Wish wish) {
        return apply(wish).stream()
                .filter(Effect.Answer.class::isInstance)
                .map(effect -> ((Effect.Answer) effect).outcome())
                .findFirst()
                .orElseThrow();
    }

    PeerRecord record(int number) {
        return manager.known().stream()
                .filter(peer -> peer.id().equals(id(number)))
                .findFirst()
                .orElseThrow();
    }

    boolean knows(int number) {
        return manager.book().find(id(number)) != null;
    }

    /** All but the decisions behind it. */
    static List<Effect> acts(List<Effect> effects) {
        return effects.stream()
                .filter(effect -> !(effect instanceof Effect.Decided))
                .toList();
    }

    static Optional<PeerRef> admitted(List<Effect> effects) {
        return of(effects, Effect.Admit.class).map(Effect.Admit::peer).findFirst();
    }

    static List<Effect.Dial> dials(List<Effect> effects) {
        return of(effects, Effect.Dial.class).toList();
    }

    static Effect.Dial onlyDial(List<Effect> effects) {
        List<Effect.Dial> dials = dials(effects);
        if (dials.size() != 1) {
            throw new AssertionError("one dial expected: " + dials);
        }
        return dials.getFirst();
    }

    static List<Effect.Close> closes(List<Effect> effects) {
        return of(effects, Effect.Close.class).toList();
    }

    static boolean refused(List<Effect> effects, Reason reason) {
        return of(effects, Effect.Refuse.class).anyMatch(refuse -> refuse.reason() == reason);
    }

    static List<PeerRecord> saved(List<Effect> effects) {
        return of(effects, Effect.Persist.class)
                .map(Effect.Persist::change)
                .filter(Change.Put.class::isInstance)
                .map(change -> ((Change.Put) change).peer())
                .toList();
    }

    long count(Predicate<Decision> which) {
        return decisions.stream().filter(which).count();
    }

    /** Public addresses, each in a group of its own. */
    static NodeAddress address(int number) {
        return NodeAddress.of(id(number), new NetEndpoint("tcp", ip(number), 26_656));
    }

    static InetAddress ip(int number) {
        try {
            return InetAddress.getByAddress(new byte[] {(byte) (20 + number / 250), (byte) (number % 250), 1, 1});
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    static NodeId id(int number) {
        return new NodeId(number, 0, 0);
    }

    private static <E extends Effect> Stream<E> of(List<Effect> effects, Class<E> type) {
        return effects.stream().filter(type::isInstance).map(type::cast);
    }
}
