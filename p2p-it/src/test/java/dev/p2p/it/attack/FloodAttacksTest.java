package dev.p2p.it.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.p2p.api.Reason;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Packets that cost their sender nothing, sent without end. */
class FloodAttacksTest {

    private static final int ATTACKS = 4;

    private static Siege siege;

    @BeforeAll
    static void besiege() throws IOException {
        siege = new Siege(builder -> {});
    }

    @AfterAll
    static void lift() {
        siege.close();
    }

    @Test
    void pings() throws IOException {
        flood(Wire.PING);
    }

    @Test
    void pongsThatNobodyAskedFor() throws IOException {
        flood(Wire.PONG);
    }

    @Test
    @DisplayName("MC-06: three pongs that nobody asked for harm nobody, and the next ping is answered")
    void aFewPongsAreHarmless() throws IOException {
        harmless(Wire.join(Wire.PONG, Wire.PONG, Wire.PONG, Wire.PING));
    }

    @Test
    @DisplayName("MC-07: three pings in a row are each answered, and the connection goes on")
    void aFewPingsAreAnswered() throws IOException {
        harmless(Wire.PING, Wire.PING, Wire.PING);
    }

    @Test
    void packetsThatCarryNothing() throws IOException {
        flood(Wire.packet(Siege.TALK, false, new byte[0]));
    }

    @Test
    void packetsOfOneByteOfAMessage() throws IOException {
        byte[] drop = Wire.packet(Siege.TALK, false, new byte[1]);
        byte[] last = Wire.packet(Siege.TALK, true, new byte[0]);
        // One message after the other, each of them short enough: StringValue with an unknown fixed field in front.
        byte[] start = Wire.packet(Siege.TALK, false, Wire.hex("7a8804"));
        byte[] message = Wire.join(start, repeated(drop, 520), last);
        siege.repels(Reason.FLOOD, ATTACKS, attacker -> attacker.shakeHands().streamForEver(repeated(message, 20)));
    }

    private static void flood(byte[] packet) throws IOException {
        siege.repels(Reason.FLOOD, ATTACKS, attacker -> attacker.shakeHands().streamForEver(repeated(packet, 10_000)));
    }

    /** The node answers each with a pong, and then echoes a message as if nothing had been. Pings that wait together share a pong. */
    private static void harmless(byte[]... asked) throws IOException {
        byte[] hello = Wire.packet(Siege.TALK, true, Wire.hex("0a0568656c6c6f"));
        long before = endings();
        try (HostilePeer peer = HostilePeer.dial(siege.place())) {
            peer.shakeHands();
            for (byte[] packets : asked) {
                peer.stream(packets);
                assertThat(Wire.delimited(peer.readMessage())).isEqualTo(Wire.PONG);
            }
            peer.stream(hello);
            assertThat(Wire.delimited(peer.readMessage())).isEqualTo(hello);
            assertThat(endings()).isEqualTo(before);
        }
        Await.until(() -> endings() == before + 1, () -> "the node to see that the peer left");
        siege.awaitTalk();
    }

    private static long endings() {
        return siege.node().endings().values().stream()
                .mapToLong(count -> count)
                .sum();
    }

    private static byte[] repeated(byte[] bytes, int times) {
        byte[] all = new byte[bytes.length * times];
        for (int i = 0; i < times; i++) {
            System.arraycopy(bytes, 0, all, i * bytes.length, bytes.length);
        }
        return all;
    }
}
