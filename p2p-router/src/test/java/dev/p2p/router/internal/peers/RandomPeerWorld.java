package dev.p2p.router.internal.peers;

import dev.p2p.api.Direction;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.api.PeerRef;
import dev.p2p.api.Reason;
import dev.p2p.api.reactor.PeerError;
import dev.p2p.api.store.AddressRecord;
import dev.p2p.api.store.PeerFlag;
import dev.p2p.api.store.PeerRecord;
import dev.p2p.api.store.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Everything around the machine, by lot: peers that answer or not, come by themselves, behave or not, and an operator. Checks each
 * effect against what may be asked of the world.
 */
final class RandomPeerWorld {

    static final NodeId SELF = new NodeId(0x4000_0000_0000_0000L, 0, 0);
    static final int PEERS = 400;

    /** The doorkeeper's bound: it lets in so many who have not proven themselves. */
    private static final int MOST_STRANGERS = 64;

    /** Short, so that addresses die all the time. */
    private static final AddressLife LIFE = new AddressLife(Duration.ofHours(1), Duration.ofHours(4));

    private static final List<Reason> FAILURES = List.of(
            Reason.DIAL_TIMEOUT,
            Reason.CONNECTION_REFUSED,
            Reason.WRONG_NETWORK,
            Reason.HANDSHAKE_TIMEOUT,
            Reason.SELF);

    private final SplittableRandom random;
    private final RandomOperator operator;
    final PeerManager manager;
    private final List<Long> dialing = new ArrayList<>();
    private final Map<Long, NodeAddress> dialed = new HashMap<>();
    private final List<Long> handshaking = new ArrayList<>();
    private final Map<Long, NodeId> proven = new HashMap<>();
    private final List<PeerRef> live = new ArrayList<>();
    private final Set<PeerRef> closing = new HashSet<>();
    private final Set<PeerRef> probed = new HashSet<>();
    private final PlayStore written = new PlayStore();
    private final AddressSigns signs = new AddressSigns(LIFE);
    private long attempts;
    Instant now = Instant.ofEpochSecond(1_700_000_000);

    /** Whether the wall clock is set now and then. */
    boolean clockIsSet = true;

    RandomPeerWorld(PeerPolicy policy, long seed) {
        this.random = new SplittableRandom(seed);
        this.operator = new RandomOperator(random);
        this.manager = new PeerManager(policy, random.split(), () -> ++attempts);
    }

    /** A small node: its bounds are hit all the time. */
    static PeerPolicy policy() {
        PeerPolicy policy = PeerPolicy.defaults(SELF)
                .withCaps(new Caps(4, 6, 2, 1, 1, Caps.UNLIMITED))
                .withFlags(Map.of(
                        PlayPeers.id(1), Set.of(PeerFlag.UNCONDITIONAL), PlayPeers.id(2), Set.of(PeerFlag.PRIVATE)))
                .withPersistent(List.of(PlayPeers.address(3, 0), PlayPeers.address(4, 0)));
        AddressRules rules = policy.rules();
        return policy.withRules(new AddressRules(
                120,
                80,
                4,
                30,
                20,
                2,
                rules.narrowestScope(),
                rules.lowestPort(),
                false,
                List.of(),
                List.of(),
                rules.votesNeeded(),
                LIFE));
    }

    /** One input, by lot. */
    Input step() {
        Input input = next();
        apply(input);
        return input;
    }

    /** The next input, which has to be applied. */
    Input next() {
        now = now.plusMillis(random.nextInt(100) == 0 ? random.nextInt(1_200_000) : random.nextInt(400));
        return input();
    }

    List<Effect> apply(Input input) {
        signs.before(input, manager.book(), now);
        List<Effect> effects = manager.apply(input, now);
        signs.after(input, effects, now);
        for (Effect effect : effects) {
            observe(effect, input);
        }
        return effects;
    }

    /** A new machine from what was written. */
    PeerManager restarted(PeerPolicy policy) {
        PeerManager next = new PeerManager(policy, new SplittableRandom(1), () -> ++attempts);
        next.apply(new Input.Restore(List.copyOf(written.peers.values()), written.blocks), now);
        return next;
    }

    Map<NodeId, PeerRecord> store() {
        return written.peers;
    }

    /** How many addresses were forgotten because their time was over. */
    int expired() {
        return signs.expired();
    }

    private Input input() {
        int lot = random.nextInt(100);
        if (lot < 24) {
            return learn();
        } else if (lot < 42 && !dialing.isEmpty()) {
            return dialEnds();
        } else if (lot < 52 && handshaking.size() < MOST_STRANGERS) {
            return new Input.Accepted(++attempts, PlayPeers.remote(random.nextInt(PEERS)));
        } else if (lot < 68 && !handshaking.isEmpty()) {
            return handshakeEnds();
        } else if (lot < 80 && !(live.isEmpty() && closing.isEmpty())) {
            return closes();
        } else if (lot < 85) {
            return reported();
        } else if (lot < 88 && !probed.isEmpty()) {
            PeerRef one = probed.iterator().next();
            probed.remove(one);
            return new Input.Probed(one, random.nextBoolean());
        } else if (lot < 89) {
            return new Input.DialFailed(random.nextLong(1, 1_000_000), Reason.DIAL_TIMEOUT, "");
        } else if (lot < 93) {
            return operator.wish(now);
        } else if (clockIsSet && lot == 93 && random.nextInt(200) == 0) {
            Duration by = Duration.ofMillis(random.nextLong(-3_600_000, 3_600_000));
            now = now.plus(by);
            return new Input.ClockStepped(by);
        }
        return new Input.Wake();
    }

    private Input learn() {
        int number = random.nextInt(PEERS);
        NodeAddress address = random.nextInt(40) == 0
                ? NodeAddress.parse(SELF + "@99.1.2.3:1")
                : PlayPeers.address(number, random.nextInt(3));
        Source source =
                random.nextInt(3) == 0 ? new Source.Operator() : new Source.Exchange(PlayPeers.id(random.nextInt(20)));
        return new Input.Learn(address, source);
    }

    private Input dialEnds() {
        long attempt = dialing.remove(random.nextInt(dialing.size()));
        NodeAddress address = dialed.remove(attempt);
        if (random.nextInt(3) == 0) {
            Reason reason = FAILURES.get(random.nextInt(random.nextInt(4) == 0 ? FAILURES.size() : 2));
            return reason == Reason.WRONG_NETWORK
                    ? new Input.HandshakeFailed(attempt, Optional.of(address.id()), reason, "")
                    : new Input.DialFailed(attempt, reason, "");
        }
        proven.put(attempt, address.id());
        return new Input.Handshaken(
                attempt,
                PlayPeers.info(address.id()),
                Direction.OUTBOUND,
                PlayPeers.remote(PlayPeers.number(address.id())));
    }

    private Input handshakeEnds() {
        long attempt = handshaking.remove(random.nextInt(handshaking.size()));
        if (random.nextInt(4) == 0) {
            return new Input.HandshakeFailed(attempt, Optional.empty(), Reason.HANDSHAKE_TIMEOUT, "");
        }
        int number = random.nextInt(30) == 0 ? -1 : random.nextInt(PEERS);
        NodeId id = number < 0 ? SELF : PlayPeers.id(number);
        proven.put(attempt, id);
        return new Input.Handshaken(
                attempt, PlayPeers.info(id), Direction.INBOUND, PlayPeers.remote(Math.max(0, number)));
    }

    private Input closes() {
        if (!closing.isEmpty() && random.nextInt(3) > 0) {
            PeerRef one = closing.iterator().next();
            closing.remove(one);
            live.remove(one);
            return new Input.Closed(one, Reason.CLOSED_BY_PEER);
        }
        if (live.isEmpty()) {
            return new Input.Wake();
        }
        PeerRef one = live.remove(random.nextInt(live.size()));
        closing.remove(one);
        return new Input.Closed(one, Reason.NETWORK_FAILURE);
    }

    private Input reported() {
        PeerRef peer = live.isEmpty() || random.nextInt(4) == 0
                ? new PeerRef(PlayPeers.id(random.nextInt(PEERS + 50)), random.nextInt(100))
                : live.get(random.nextInt(live.size()));
        return new Input.Reported(
                peer,
                switch (random.nextInt(6)) {
                    case 4 -> PeerError.release("done");
                    case 0 -> PeerError.ban("bad", Duration.ofMinutes(1 + random.nextInt(60)));
                    case 1 -> PeerError.disconnect("odd");
                    case 2 -> PeerError.note("seen");
                    default -> PeerError.penalise("late", 1 + random.nextInt(15));
                });
    }

    private void observe(Effect effect, Input cause) {
        switch (effect) {
            case Effect.Dial(var attempt, var address) -> {
                requireDialable(address, cause);
                dialing.add(attempt);
                dialed.put(attempt, address);
            }
            case Effect.Proceed(var attempt) -> handshaking.add(attempt);
            case Effect.Admit(var attempt, var peer) -> {
                require(peer.id().equals(proven.remove(attempt)), "admits who proved himself", effect);
                live.add(peer);
            }
            case Effect.Refuse(var attempt, var _) -> {
                proven.remove(attempt);
                if (cause instanceof Input.Wish.Remove) {
                    dialing.remove(attempt);
                    dialed.remove(attempt);
                }
            }
            case Effect.Close(var peer, var _) -> {
                require(live.contains(peer), "closes what lives", effect);
                require(closing.add(peer), "closes once", effect);
            }
            case Effect.Release(var peer) -> {
                require(live.contains(peer), "releases what lives", effect);
                require(closing.add(peer), "ends once", effect);
            }
            case Effect.Probe(var peer) -> probed.add(peer);
            case Effect.Persist(var change, var _) -> {
                signs.check(change, written.peers, manager.book(), now);
                written.write(change);
            }
            case Effect.Decided _, Effect.Answer _ -> {}
        }
    }

    private void requireDialable(NodeAddress address, Input cause) {
        require(!address.id().equals(SELF), "dials itself", address);
        require(
                live.stream().noneMatch(one -> one.id().equals(address.id()) && !closing.contains(one)),
                "dials a connected peer",
                address);
        require(dialed.values().stream().noneMatch(one -> one.id().equals(address.id())), "dials twice", address);
        PeerEntry entry = manager.book().find(address.id());
        require(entry != null, "dials an unknown peer", address);
        require(!entry.bannedAt(now), "dials a banned peer", address);
        require(!manager.book().blocks.bans(address, now), "dials a banned place", address);
        if (cause instanceof Input.Wish.Connect(var id) && id.equals(address.id())) {
            return;
        }
        require(!entry.incompatibleAt(now), "dials a peer that does not fit", address);
        AddressRecord record = Addresses.find(entry.record(), address);
        require(record != null && record.nextAttempt().filter(now::isBefore).isEmpty(), "dials too early", address);
    }

    private static void require(boolean holds, String what, Object detail) {
        if (!holds) {
            throw new AssertionError(what + ": " + detail);
        }
    }
}
