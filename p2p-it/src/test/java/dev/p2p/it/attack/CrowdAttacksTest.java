package dev.p2p.it.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.p2p.api.IpBlock;
import dev.p2p.api.NodeKey;
import dev.p2p.api.Reason;
import dev.p2p.router.AddressLimits;
import dev.p2p.router.RouterLimits;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Too many of them: half-open connections, connections from one address, of one identity, and of everybody. */
class CrowdAttacksTest {

    private static final int PENDING = 8;
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
        }
    }

    @Test
    void oneAddressHasFewHalfOpenConnections() throws IOException {
        AddressLimits two = new AddressLimits(2, 100, List.of(IpBlock.parse("127.0.0.1")));
        try (Siege siege = new Siege(builder -> builder.limits(
                RouterLimits.STANDARD.withPerAddress(two).withHandshakeTimeout(Duration.ofMinutes(5))))) {
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
        }
    }

    @Test
    void whoBeginsMessagesWithoutEndingThemLosesBeforeAnybodyElse() throws IOException {
        try (Siege siege =
                new Siege(builder -> builder.limits(RouterLimits.STANDARD.withMaxUnfinishedBytes(64 * 1_024)))) {
            byte[] part = new byte[1_000];
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
