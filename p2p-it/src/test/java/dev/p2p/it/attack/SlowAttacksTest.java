package dev.p2p.it.attack;

import dev.p2p.api.Reason;
import dev.p2p.router.RouterLimits;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Peers that stop in the middle, or never come to the end. The node's patience is shortened, not the test's. */
class SlowAttacksTest {

    /** Impatient before a peer is known, */
    private static Siege siege;

    /** and afterwards. */
    private static Siege later;

    @BeforeAll
    static void besiege() throws IOException {
        siege = new Siege(
                builder -> builder.limits(RouterLimits.STANDARD.withHandshakeTimeout(Duration.ofMillis(1_500))));
        later = new Siege(builder -> builder.transportSetting("ping-interval-ms", "500")
                .transportSetting("silence-limit-ms", "8000")
                .transportSetting("write-stall-limit-ms", "3000"));
    }

    @AfterAll
    static void lift() {
        siege.close();
        later.close();
    }

    @Test
    void noByteAtAll() throws IOException {
        siege.repels(Reason.HANDSHAKE_TIMEOUT, attacker -> {});
    }

    @Test
    void halfAnEphemeralKey() throws IOException {
        siege.repels(Reason.HANDSHAKE_TIMEOUT, attacker -> attacker.raw(Arrays.copyOf(attacker.hello(), 17)));
    }

    @Test
    void halfAFrameOfTheProof() throws IOException {
        siege.repels(Reason.HANDSHAKE_TIMEOUT, attacker -> {
            attacker.exchangeKeys();
            byte[] proof = Wire.delimited(attacker.proof());
            attacker.raw(Arrays.copyOf(attacker.frame(proof.length, proof), 522));
        });
    }

    @Test
    void halfOfTheProofInAWholeFrame() throws IOException {
        siege.repels(Reason.HANDSHAKE_TIMEOUT, attacker -> {
            attacker.exchangeKeys();
            attacker.stream(Arrays.copyOf(Wire.delimited(attacker.proof()), 50));
        });
    }

    @Test
    void halfOfTheNodeInformation() throws IOException {
        siege.repels(Reason.HANDSHAKE_TIMEOUT, attacker -> {
            byte[] info = attacker.exchangeKeys().prove().info((byte) Siege.TALK);
            attacker.stream(Arrays.copyOf(Wire.delimited(info), info.length / 2));
        });
    }

    @Test
    void aByteNowAndThen() throws IOException {
        siege.repels(Reason.HANDSHAKE_TIMEOUT, 1, attacker -> {
            byte[] hello = attacker.hello();
            for (byte b : hello) {
                attacker.raw(new byte[] {b});
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            }
        });
    }

    @Test
    void silenceAfterTheHandshake() throws IOException {
        later.repels(Reason.SILENT, HostilePeer::shakeHands);
    }

    @Test
    void halfAFrameAfterTheHandshake() throws IOException {
        later.repels(Reason.SILENT, attacker -> {
            attacker.shakeHands();
            attacker.raw(Arrays.copyOf(attacker.frame(Wire.PING.length, Wire.PING), 1_043));
        });
    }

    @Test
    void aPeerThatReadsNothingWhileTheNodeSends() throws IOException {
        later.repels(Reason.WRITE_STALLED, 4, attacker -> {
            attacker.exchangeKeys().prove().introduce((byte) Siege.BULK);
        });
    }
}
