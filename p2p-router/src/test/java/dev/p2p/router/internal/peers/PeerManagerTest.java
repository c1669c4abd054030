package dev.p2p.router.internal.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.p2p.api.AddressScope;
import dev.p2p.api.ChannelId;
import dev.p2p.api.Direction;
import dev.p2p.api.Endpoint;
import dev.p2p.api.NetEndpoint;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.api.NodeInfo;
import dev.p2p.api.PeerRef;
import dev.p2p.api.Reason;
import dev.p2p.api.reactor.PeerError;
import dev.p2p.api.store.Change;
import dev.p2p.api.store.Durability;
import dev.p2p.api.store.PeerRecord;
import dev.p2p.api.store.Source;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The machine by hand: every step an input at an instant. */
class PeerManagerTest {

    private static final NodeId SELF = id(500);

    private final AtomicLong attempts = new AtomicLong();
    private Instant now = Instant.ofEpochSecond(1_700_000_000);
    private PeerPolicy policy =
            PeerPolicy.defaults(SELF).withNarrowestScope(AddressScope.LOOPBACK).withCaps(2, 2, 100);
    private PeerManager manager = manager();

    @Test
    void dialsPersistentPeersAtTheStartAndRemembersThemSafely() {
        persistent(1);
        List<Effect> effects = start();
        assertThat(dials(effects)).extracting(dial -> dial.address().id()).containsExactly(id(1));
        assertThat(effects)
                .anySatisfy(effect -> assertThat(effect)
                        .isInstanceOfSatisfying(
                                Effect.Persist.class,
                                persist -> assertThat(persist.durability()).isEqualTo(Durability.SYNC)));
    }

    @Test
    void dialsLearnedAddressesUpToTheOutboundCap() {
        start();
        learn(1);
        learn(2);
        assertThat(dials(learn(3))).isEmpty();
        assertThat(attempts).hasValue(2);
    }

    @Test
    void fillsASlotThatBecameFree() {
        start();
        long first = onlyDial(learn(1));
        learn(2);
        learn(3);
        List<Effect> effects = apply(new Input.DialFailed(first, Reason.CONNECTION_REFUSED, ""));
        assertThat(dials(effects)).extracting(dial -> dial.address().id()).containsExactly(id(3));
    }

    @Test
    void backsOffExponentiallyWithJitterInsideTheCap() {
        BackOff backOff = new BackOff(Duration.ofSeconds(5), Duration.ofMinutes(1));
        SplittableRandom random = new SplittableRandom(1);
        for (int failures = 1; failures < 100; failures++) {
            long span = Math.min(60, 5L << Math.min(failures - 1, 20));
            Duration wait = Duration.between(now, backOff.next(failures, now, random));
            assertThat(wait)
                    .isBetween(
                            Duration.ofSeconds(span).dividedBy(2),
                            Duration.ofSeconds(span).plusMillis(1));
        }
    }

    @Test
    void storesTheNextAttemptAsAnInstantAndDialsNotBefore() {
        start();
        long attempt = onlyDial(learn(1));
        List<Effect> failed = apply(new Input.DialFailed(attempt, Reason.DIAL_TIMEOUT, ""));
        Instant next = saved(failed).addresses().getFirst().nextAttempt().orElseThrow();
        assertThat(manager.nextWake()).contains(next);
        now = next.minusMillis(1);
        assertThat(dials(apply(new Input.Wake()))).isEmpty();
        now = next;
        assertThat(dials(apply(new Input.Wake()))).hasSize(1);
    }

    @Test
    void admitsInboundPeersWithinTheCapHoweverManyKnock() {
        start();
        for (int attempt = 100; attempt < 110; attempt++) {
            assertThat(knock(attempt)).containsExactly(new Effect.Proceed(attempt));
        }
        assertThat(handshaken(100, 1, Direction.INBOUND)).anyMatch(Effect.Admit.class::isInstance);
        PeerRef second = admitted(handshaken(101, 2, Direction.INBOUND));
        assertThat(handshaken(102, 3, Direction.INBOUND)).contains(new Effect.Refuse(102, Reason.FULL));
        assertThat(knock(110)).containsExactly(new Effect.Refuse(110, Reason.FULL));
        apply(new Input.Closed(second, Reason.CLOSED_BY_PEER));
        assertThat(handshaken(103, 4, Direction.INBOUND)).anyMatch(Effect.Admit.class::isInstance);
    }

    @Test
    void redialsAPersistentPeerSoonAfterAGoodConnectionBroke() {
        persistent(1);
        PeerRef peer = connect(onlyDial(start()), 1);
        now = now.plus(Duration.ofMinutes(1));
        apply(new Input.Closed(peer, Reason.NETWORK_FAILURE));
        assertThat(Duration.between(now, manager.nextWake().orElseThrow())).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void backsOffFromAPeerThatEndsItsConnectionsAtOnce() {
        persistent(1);
        long attempt = onlyDial(start());
        Duration longest = Duration.ZERO;
        for (int i = 0; i < 8; i++) {
            PeerRef peer = connect(attempt, 1);
            apply(new Input.Closed(peer, Reason.CLOSED_BY_PEER));
            Instant next = manager.nextWake().orElseThrow();
            longest = Duration.between(now, next);
            now = next;
            attempt = onlyDial(apply(new Input.Wake()));
        }
        assertThat(longest).isGreaterThan(Duration.ofSeconds(20));
    }

    @Test
    void letsAPeerGoWithoutHoldingItAgainstIt() {
        start();
        PeerRef peer = connect(onlyDial(learn(1)), 1);
        assertThat(apply(new Input.Reported(peer, PeerError.release("served"))))
                .containsExactly(new Effect.Release(peer));
        PeerRecord after = saved(apply(new Input.Closed(peer, Reason.REQUESTED)));
        assertThat(after.reputation()).isZero();
        assertThat(after.addresses()).singleElement().satisfies(record -> {
            assertThat(record.failures()).isZero();
            assertThat(record.nextAttempt()).contains(now.plus(Duration.ofMinutes(2)));
        });
    }

    @Test
    void visitsAtOnceWhoCameToAskAndWasLetGo() {
        start();
        knock(100);
        PeerRef guest = admitted(handshaken(100, 1, Direction.INBOUND));
        learn(1);
        apply(new Input.Reported(guest, PeerError.release("served")));
        assertThat(dials(apply(new Input.Closed(guest, Reason.REQUESTED))))
                .extracting(dial -> dial.address().id())
                .containsExactly(id(1));
    }

    @Test
    void doesNotLetAPersistentPeerGo() {
        persistent(1);
        PeerRef peer = connect(onlyDial(start()), 1);
        assertThat(apply(new Input.Reported(peer, PeerError.release("served")))).isEmpty();
    }

    @Test
    void aLateReleaseDoesNotTouchTheNextConnection() {
        start();
        PeerRef first = connect(onlyDial(learn(1)), 1);
        apply(new Input.Closed(first, Reason.NETWORK_FAILURE));
        knock(100);
        PeerRef second = admitted(handshaken(100, 1, Direction.INBOUND));
        assertThat(second).isNotEqualTo(first);
        assertThat(apply(new Input.Reported(first, PeerError.release("served"))))
                .isEmpty();
    }

    @Test
    void learnsAConfiguredAddressOfAnyScope() {
        policy = policy.withNarrowestScope(AddressScope.PUBLIC);
        manager = manager();
        start();
        assertThat(apply(new Input.Learn(address(1), new Source.Exchange(id(9)))))
                .isEmpty();
        assertThat(dials(apply(new Input.Learn(address(1), new Source.Configured()))))
                .hasSize(1);
    }

    @Test
    void neverDialsItselfAgain() {
        start();
        long attempt = onlyDial(learn(1));
        apply(new Input.HandshakeFailed(attempt, Optional.of(SELF), Reason.SELF, ""));
        now = now.plus(Duration.ofDays(1));
        assertThat(dials(apply(new Input.Wake()))).isEmpty();
        assertThat(dials(apply(new Input.Learn(address(1), new Source.Operator()))))
                .isEmpty();
    }

    @Test
    void leavesAPeerOfAnotherNetworkAloneForAnHour() {
        start();
        long attempt = onlyDial(learn(1));
        PeerRecord marked =
                saved(apply(new Input.HandshakeFailed(attempt, Optional.of(id(1)), Reason.WRONG_NETWORK, "")));
        assertThat(marked.incompatible().orElseThrow().reason()).isEqualTo("wrong-network");
        now = now.plus(Duration.ofMinutes(59));
        assertThat(dials(apply(new Input.Wake()))).isEmpty();
        now = now.plus(Duration.ofMinutes(2));
        assertThat(dials(apply(new Input.Wake()))).hasSize(1);
    }

    @Test
    void refusesABannedPeerUntilTheBanEnds() {
        start();
        knock(100);
        PeerRef peer = admitted(handshaken(100, 1, Direction.INBOUND));
        List<Effect> banned = apply(new Input.Reported(peer, PeerError.ban("bad-manners", Duration.ofMinutes(5))));
        assertThat(banned).contains(new Effect.Close(peer, Reason.BANNED));
        assertThat(banned)
                .anyMatch(effect -> effect instanceof Effect.Persist(Change.Put put, Durability durability)
                        && put.peer().ban().isPresent()
                        && durability == Durability.SYNC);
        apply(new Input.Closed(peer, Reason.BANNED));
        knock(101);
        assertThat(handshaken(101, 1, Direction.INBOUND)).contains(new Effect.Refuse(101, Reason.BANNED));
        now = now.plus(Duration.ofMinutes(6));
        knock(102);
        assertThat(handshaken(102, 1, Direction.INBOUND)).anyMatch(Effect.Admit.class::isInstance);
    }

    @Test
    void bansAPeerWhosePenaltiesAddUpAndForgivesThemWithTime() {
        start();
        knock(100);
        PeerRef peer = admitted(handshaken(100, 1, Direction.INBOUND));
        apply(new Input.Reported(peer, PeerError.penalise("late", 30)));
        now = now.plus(Duration.ofHours(2));
        assertThat(closes(apply(new Input.Reported(peer, PeerError.penalise("late", 30)))))
                .isEmpty();
        assertThat(closes(apply(new Input.Reported(peer, PeerError.penalise("late", 30)))))
                .containsExactly(new Effect.Close(peer, Reason.BANNED));
    }

    @Test
    void aReportAboutAnOldConnectionNeverClosesItsSuccessor() {
        start();
        knock(100);
        PeerRef old = admitted(handshaken(100, 1, Direction.INBOUND));
        apply(new Input.Closed(old, Reason.CLOSED_BY_PEER));
        knock(101);
        handshaken(101, 1, Direction.INBOUND);
        assertThat(closes(apply(new Input.Reported(old, PeerError.disconnect("late")))))
                .isEmpty();
    }

    @Test
    void twoSidesThatDialEachOtherKeepTheSameConnection() {
        for (int peer : List.of(1, 900)) {
            manager = manager();
            start();
            long out = onlyDial(learn(peer));
            knock(100);
            connect(out, peer);
            List<Effect> second = handshaken(100, peer, Direction.INBOUND);
            boolean inboundStays = second.stream().anyMatch(Effect.Admit.class::isInstance);
            // The one that the smaller identity dialed stays: with a smaller peer that is the inbound one.
            assertThat(inboundStays).isEqualTo(id(peer).compareTo(SELF) < 0);
        }
    }

    @Test
    void keepsTheOlderConnectionOnceItIsNotNewAnyMore() {
        start();
        connect(onlyDial(learn(1)), 1);
        now = now.plus(Duration.ofMinutes(1));
        knock(100);
        List<Effect> second = handshaken(100, 1, Direction.INBOUND);
        PeerRef old = new PeerRef(id(1), 1);
        assertThat(second).containsExactly(new Effect.Probe(old));
        assertThat(apply(new Input.Probed(old, true))).contains(new Effect.Refuse(100, Reason.DUPLICATE));
    }

    @Test
    void learnsWhereAnInboundPeerListens() {
        start();
        knock(100);
        handshaken(100, 1, Direction.INBOUND);
        assertThat(manager.known())
                .anySatisfy(peer -> assertThat(peer.addresses())
                        .extracting(record -> record.address().port())
                        .containsExactly(26_656));
    }

    @Test
    void doesNotLearnWhatItCannotUse() {
        policy = policy.withNarrowestScope(AddressScope.NAME);
        manager = manager();
        start();
        assertThat(apply(new Input.Learn(address(1), new Source.Exchange(id(9)))))
                .isEmpty();
        assertThat(apply(new Input.Learn(NodeAddress.parse(SELF + "@8.8.8.8:1"), new Source.Operator())))
                .isEmpty();
        assertThat(apply(new Input.Learn(NodeAddress.parse(id(1) + "@8.8.8.8:0"), new Source.Operator())))
                .isEmpty();
        assertThat(dials(apply(new Input.Learn(NodeAddress.parse(id(1) + "@8.8.8.8:1"), new Source.Operator()))))
                .hasSize(1);
    }

    @Test
    void forgetsTheLeastUsefulPeerWhenTheTableIsFull() {
        policy = policy.withCaps(0, 0, 10);
        manager = manager();
        start();
        IntStream.rangeClosed(1, 30).forEach(this::learn);
        assertThat(manager.known()).hasSize(10);
    }

    @Test
    void closesEverythingAndDialsNothingAfterTheStop() {
        persistent(1);
        PeerRef peer = connect(onlyDial(start()), 1);
        assertThat(apply(new Input.Stop())).contains(new Effect.Close(peer, Reason.SHUTDOWN));
        assertThat(dials(apply(new Input.Closed(peer, Reason.SHUTDOWN)))).isEmpty();
        assertThat(manager.nextWake()).isEmpty();
    }

    @Test
    void rememberedPeersAreDialedAfterARestart() {
        start();
        PeerRecord remembered = saved(learn(1));
        manager = manager();
        apply(new Input.Restore(List.of(remembered)));
        assertThat(dials(start())).extracting(dial -> dial.address().id()).containsExactly(id(1));
    }

    private PeerManager manager() {
        return new PeerManager(policy, new SplittableRandom(7), attempts::incrementAndGet);
    }

    private void persistent(int number) {
        policy = policy.withPersistent(List.of(address(number)));
        manager = manager();
    }

    private List<Effect> start() {
        return apply(new Input.Start());
    }

    /** Everything but the decisions behind it. */
    private List<Effect> apply(Input input) {
        return manager.apply(input, now).stream()
                .filter(effect -> !(effect instanceof Effect.Decided))
                .toList();
    }

    private List<Effect> learn(int number) {
        return apply(new Input.Learn(address(number), new Source.Operator()));
    }

    private List<Effect> knock(long attempt) {
        return apply(new Input.Accepted(attempt, remote()));
    }

    private List<Effect> handshaken(long attempt, int number, Direction direction) {
        NodeInfo info = NodeInfo.of(id(number), "net", "peer", "", "127.0.0.1:26656", List.of(new ChannelId(0)));
        return apply(new Input.Handshaken(attempt, info, direction, remote()));
    }

    private PeerRef connect(long attempt, int number) {
        return admitted(handshaken(attempt, number, Direction.OUTBOUND));
    }

    private static PeerRef admitted(List<Effect> effects) {
        return effects.stream()
                .filter(Effect.Admit.class::isInstance)
                .map(effect -> ((Effect.Admit) effect).peer())
                .findFirst()
                .orElseThrow();
    }

    private static List<Effect.Dial> dials(List<Effect> effects) {
        return effects.stream()
                .filter(Effect.Dial.class::isInstance)
                .map(Effect.Dial.class::cast)
                .toList();
    }

    private static List<Effect.Close> closes(List<Effect> effects) {
        return effects.stream()
                .filter(Effect.Close.class::isInstance)
                .map(Effect.Close.class::cast)
                .toList();
    }

    private static long onlyDial(List<Effect> effects) {
        assertThat(dials(effects)).hasSize(1);
        return dials(effects).getFirst().attempt();
    }

    private static PeerRecord saved(List<Effect> effects) {
        return effects.stream()
                .filter(effect -> effect instanceof Effect.Persist(Change.Put _, Durability _))
                .map(effect -> ((Change.Put) ((Effect.Persist) effect).change()).peer())
                .reduce((first, last) -> last)
                .orElseThrow();
    }

    private static NodeAddress address(int number) {
        return NodeAddress.parse(id(number) + "@127.0.0." + number % 250 + ":" + (20_000 + number));
    }

    private static Endpoint remote() {
        return new NetEndpoint("tcp", InetAddress.getLoopbackAddress(), 50_000);
    }

    private static NodeId id(int number) {
        return new NodeId(number, 0, 0);
    }
}
