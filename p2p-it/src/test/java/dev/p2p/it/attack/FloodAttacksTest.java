package dev.p2p.it.attack;

import dev.p2p.api.Reason;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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

    private static byte[] repeated(byte[] bytes, int times) {
        byte[] all = new byte[bytes.length * times];
        for (int i = 0; i < times; i++) {
            System.arraycopy(bytes, 0, all, i * bytes.length, bytes.length);
        }
        return all;
    }
}
