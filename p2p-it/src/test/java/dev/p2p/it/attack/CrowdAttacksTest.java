package dev.p2p.it.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.BytesValue;
import dev.p2p.api.IpBlock;
import dev.p2p.api.NodeKey;
import dev.p2p.api.Reason;
import dev.p2p.api.reactor.ChannelDescriptor;
import dev.p2p.api.reactor.ReactorEvent.Received;
import dev.p2p.router.AddressLimits;
import dev.p2p.router.RouterLimits;
import dev.p2p.router.control.Decision;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Too many of them: half-open connections, connections from one address, of one identity, and of everybody. */
class CrowdAttacksTest {

    private static final int PENDING = 8;
    private static final int LONG = 0x73;
    private static final int LONG_BYTES = 2 << 20;
    private static final int LONG_TALKERS = 16;
    private static final int CROWD = 100;

    private final List<HostilePeer> crowd = new ArrayList<>();

    @AfterEach
    void disperse() throws IOException {
        for (HostilePeer each : crowd) {
            each.close();
        }
    }

    @Test
    void halfOpenConnectionsKeepNobodyOut() throws IOException {
        try (Siege siege = new Siege(builder -> builder.limits(
                RouterLimits.STANDARD.withMaxPending(PENDING).withHandshakeTimeout(Duration.ofMinutes(5))))) {
            long before = Memory.used();
            Map<Reason, Long> endings = siege.node().endings();
            for (int i = 0; i < CROWD; i++) {
                crowd.add(HostilePeer.dial(siege.place()));
            }
            siege.awaitEndings(endings, Reason.CROWDED_OUT, CROWD - PENDING);
            crowd.getFirst().awaitEnd();
            HostilePeer honest = HostilePeer.dial(siege.place());
            crowd.add(honest);
            honest.shakeHands();
            awaitPeers(siege, 2);
            siege.awaitTalk();
            Memory.settlesBelow(before + Siege.MOST_GROWTH_BYTES);
        }
    }

    @Test
    void oneAddressHasFewConnectionsAndOthersStillComeIn() throws IOException {
        AddressLimits two = new AddressLimits(2, 2, List.of(IpBlock.parse("127.0.0.1")));
        try (Siege siege = new Siege(builder -> builder.limits(
                RouterLimits.STANDARD.withPerAddress(two).withHandshakeTimeout(Duration.ofMinutes(5))))) {
            long before = Memory.used();
            Map<Reason, Long> endings = siege.node().endings();
            from(siege, "127.0.0.2").shakeHands();
            from(siege, "127.0.0.2").shakeHands();
            awaitPeers(siege, 3);
            for (int i = 1; i <= 20; i++) {
                from(siege, "127.0.0.2").awaitEnd();
                siege.awaitEndings(endings, Reason.CROWDED_OUT, i);
            }
            from(siege, "127.0.0.3").shakeHands();
            awaitPeers(siege, 4);
            siege.awaitTalk();
            Memory.settlesBelow(before + Siege.MOST_GROWTH_BYTES);
        }
    }

    @Test
    void oneAddressHasFewHalfOpenConnections() throws IOException {
        AddressLimits two = new AddressLimits(2, 100, List.of(IpBlock.parse("127.0.0.1")));
        try (Siege siege = new Siege(builder -> builder.limits(
                RouterLimits.STANDARD.withPerAddress(two).withHandshakeTimeout(Duration.ofMinutes(5))))) {
            long before = Memory.used();
            Map<Reason, Long> endings = siege.node().endings();
            from(siege, "127.0.0.2");
            from(siege, "127.0.0.2");
            for (int i = 1; i <= 20; i++) {
                from(siege, "127.0.0.2").awaitEnd();
                siege.awaitEndings(endings, Reason.CROWDED_OUT, i);
            }
            from(siege, "127.0.0.3").shakeHands();
            awaitPeers(siege, 2);
            siege.awaitTalk();
            Memory.settlesBelow(before + Siege.MOST_GROWTH_BYTES);
        }
    }

    @Test
    void whoeverComesWhenAllSlotsAreTakenIsRefused() throws IOException {
        try (Siege siege = new Siege(builder -> builder.limits(RouterLimits.STANDARD.withPeers(3, 0)))) {
            from(siege, "127.0.0.1").shakeHands();
            from(siege, "127.0.0.1").shakeHands();
            awaitPeers(siege, 3);
            siege.repels(Reason.FULL, attacker -> attacker.shakeHands());
            assertThat(siege.node().peers().connected()).hasSize(3);
        }
    }

    @Test
    void ofOneIdentityOnlyTheNewestConnectionLives() throws IOException {
        try (Siege siege = new Siege(builder -> {})) {
            long before = Memory.used();
            Map<Reason, Long> endings = siege.node().endings();
            NodeKey key = NodeKey.generate(new SecureRandom());
            for (int i = 0; i <= 20; i++) {
                HostilePeer next = HostilePeer.dial(siege.place(), key, "127.0.0.1");
                crowd.add(next);
                next.shakeHands();
                siege.awaitEndings(endings, Reason.DUPLICATE, i);
            }
            crowd.getFirst().awaitEnd();
            assertThat(siege.node().peers().connected()).hasSize(2);
            siege.awaitTalk();
            Memory.settlesBelow(before + Siege.MOST_GROWTH_BYTES);
        }
    }

    @Test
    void whoBeginsMessagesWithoutEndingThemLosesBeforeAnybodyElse() throws IOException {
        try (Siege siege =
                new Siege(builder -> builder.limits(RouterLimits.STANDARD.withMaxUnfinishedBytes(64 * 1_024)))) {
            byte[] part = new byte[1_000];
            long before = Memory.used();
            Map<Reason, Long> endings = siege.node().endings();
            for (int i = 0; i < 20; i++) {
                HostilePeer attacker = from(siege, "127.0.0.1").shakeHands();
                for (int j = 0; j < 12; j++) {
                    attacker.stream(Wire.packet(Siege.TALK, false, part));
                }
            }
            // Each holds 16 KiB at its end, so four fit, and a fifth ends one of them or itself.
            siege.awaitEndings(endings, Reason.MEMORY_SHORT, 16);
            siege.awaitTalk();
            Memory.settlesBelow(before + Siege.MOST_GROWTH_BYTES);
        }
    }

    /** Messages as long as allowed, and then nothing: the connections live on, and hold no more than idle ones. */
    @Test
    void whoHasSentLongMessagesHoldsNoMemoryWhenThatIsOver() throws Exception {
        CountDownLatch taken = new CountDownLatch(LONG_TALKERS);
        ChannelDescriptor<BytesValue> descriptor =
                ChannelDescriptor.of(LONG, "long", BytesValue.parser()).withMaxMessageBytes(LONG_BYTES + 16);
        try (Siege siege = new Siege(builder -> builder.reactor("long", setup -> {
            setup.open(descriptor);
            return event -> {
                if (event instanceof Received<?>) {
                    taken.countDown();
                }
            };
        }))) {
            long before = Memory.used();
            byte[] part = new byte[1_024];
            for (int i = 0; i < LONG_TALKERS; i++) {
                HostilePeer talker = from(siege, "127.0.0.1");
                talker.exchangeKeys().prove().introduce((byte) LONG);
                talker.stream(Wire.packet(LONG, false, Wire.join(Wire.hex("0a"), Wire.varint(LONG_BYTES))));
                for (int sent = 0; sent < LONG_BYTES; sent += part.length) {
                    talker.stream(Wire.packet(LONG, sent + part.length == LONG_BYTES, part));
                }
            }
            assertThat(taken.await(60, TimeUnit.SECONDS)).isTrue();
            siege.awaitTalk();
            Memory.settlesBelow(before + Siege.MOST_GROWTH_BYTES);
            assertThat(siege.node().peers().connected()).hasSize(1 + LONG_TALKERS);
        }
    }

    @Test
    void whoeverIsBannedIsRefusedWhoeverItSaysThatItIs() throws Exception {
        NodeKey banned = NodeKey.generate(new SecureRandom());
        AtomicInteger told = new AtomicInteger();
        try (Siege siege = new Siege(builder -> {})) {
            siege.node().control().ban(banned.id(), Duration.ofHours(1), "test");
            siege.repels(
                    Map.of(Reason.BANNED, 16),
                    Set.of(),
                    () -> HostilePeer.dial(siege.place(), banned, "127.0.0.1"),
                    attacker -> {
                        attacker.shakeHands();
                        told.incrementAndGet();
                    });
            assertThat(told)
                    .as("how often the node told a banned peer of itself")
                    .hasValue(0);
            assertThat(siege.node().control().history(banned.id(), 100))
                    .filteredOn(decision -> decision.kind() == Decision.Kind.REFUSED)
                    .hasSize(16)
                    .allSatisfy(decision -> assertThat(decision.detail()).startsWith("tcp://127.0.0.1:"));
            siege.node().control().ban(IpBlock.parse("127.0.0.66/32"), Duration.ofHours(1), "test");
            siege.repels(
                    Map.of(Reason.BANNED, 16),
                    Set.of(),
                    () -> HostilePeer.dial(siege.place(), NodeKey.generate(new SecureRandom()), "127.0.0.66"),
                    attacker -> {});
            from(siege, "127.0.0.67").shakeHands();
            awaitPeers(siege, 2);
        }
    }

    private HostilePeer from(Siege siege, String address) throws IOException {
        HostilePeer peer = HostilePeer.dial(siege.place(), NodeKey.generate(new SecureRandom()), address);
        crowd.add(peer);
        return peer;
    }

    private static void awaitPeers(Siege siege, int count) {
        Await.until(
                () -> siege.node().peers().connected().size() == count,
                () -> count + " peers; there are " + siege.node().peers().connected());
    }
}
