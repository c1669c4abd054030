package dev.p2p.it.attack;

import dev.p2p.api.Reason;
import dev.p2p.router.RouterLimits;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * Peers that stop in the middle, or never come to the end. The node's patience is shortened, not the test's, and whoever tries it
 * does so at the same time as the others.
 */
class SlowAttacksTest {

    private static final int OF_EACH = 8;
    private static final int DEAF = 4;

    @Test
    void whoeverStopsInAnyPhaseOfTheHandshakeRunsOutOfTime() throws IOException {
        List<Siege.Attack> attacks = List.of(
                SlowAttacksTest::noByteAtAll,
                SlowAttacksTest::halfAnEphemeralKey,
                SlowAttacksTest::halfAFrameOfTheProof,
                SlowAttacksTest::halfOfTheProofInAWholeFrame,
                SlowAttacksTest::halfOfTheNodeInformation);
        try (Siege siege = new Siege(
                builder -> builder.limits(RouterLimits.STANDARD.withHandshakeTimeout(Duration.ofMillis(1_500))))) {
            siege.repels(Reason.HANDSHAKE_TIMEOUT, OF_EACH * attacks.size(), inTurn(attacks));
            siege.repels(Reason.HANDSHAKE_TIMEOUT, 1, SlowAttacksTest::aByteNowAndThen);
        }
    }

    @Test
    void whoeverIsSilentOrReadsNothingAfterTheHandshakeIsLetGo() throws IOException {
        List<Siege.Attack> silence = List.of(HostilePeer::shakeHands, SlowAttacksTest::halfAFrameAfterTheHandshake);
        int[] come = {0};
        try (Siege siege = new Siege(builder -> builder.transportSetting("ping-interval-ms", "500")
                .transportSetting("silence-limit-ms", "6000")
                .transportSetting("write-stall-limit-ms", "3000"))) {
            Siege.Attack silent = inTurn(silence);
            siege.repels(
                    Map.of(Reason.SILENT, OF_EACH * silence.size(), Reason.WRITE_STALLED, DEAF),
                    Set.of(),
                    () -> HostilePeer.dial(siege.place()),
                    attacker -> {
                        if (come[0]++ < DEAF) {
                            readsNothingWhileTheNodeSends(attacker);
                        } else {
                            silent.on(attacker);
                        }
                    });
        }
    }

    private static void noByteAtAll(HostilePeer attacker) {}

    private static void halfAnEphemeralKey(HostilePeer attacker) throws IOException {
        attacker.raw(Arrays.copyOf(attacker.hello(), 17));
    }

    private static void halfAFrameOfTheProof(HostilePeer attacker) throws IOException {
        attacker.exchangeKeys();
        byte[] proof = Wire.delimited(attacker.proof());
        attacker.raw(Arrays.copyOf(attacker.frame(proof.length, proof), 522));
    }

    private static void halfOfTheProofInAWholeFrame(HostilePeer attacker) throws IOException {
        attacker.exchangeKeys();
        attacker.stream(Arrays.copyOf(Wire.delimited(attacker.proof()), 50));
    }

    private static void halfOfTheNodeInformation(HostilePeer attacker) throws IOException {
        byte[] info = attacker.exchangeKeys().prove().info((byte) Siege.TALK);
        attacker.stream(Arrays.copyOf(Wire.delimited(info), info.length / 2));
    }

    private static void aByteNowAndThen(HostilePeer attacker) throws IOException {
        for (byte b : attacker.hello()) {
            attacker.raw(new byte[] {b});
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    private static void halfAFrameAfterTheHandshake(HostilePeer attacker) throws IOException {
        attacker.shakeHands();
        attacker.raw(Arrays.copyOf(attacker.frame(Wire.PING.length, Wire.PING), 1_043));
    }

    private static void readsNothingWhileTheNodeSends(HostilePeer attacker) throws IOException {
        attacker.exchangeKeys().prove().introduce((byte) Siege.BULK);
    }

    /** Each attacker plays the next of them. */
    private static Siege.Attack inTurn(List<Siege.Attack> attacks) {
        int[] next = {0};
        return attacker -> attacks.get(next[0]++ % attacks.size()).on(attacker);
    }
}
