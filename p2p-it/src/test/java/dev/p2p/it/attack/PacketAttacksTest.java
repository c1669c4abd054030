package dev.p2p.it.attack;

import dev.p2p.api.Reason;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What an admitted peer can do wrong in frames, packets and messages. */
class PacketAttacksTest {

    private static final byte[] NOTHING = {};
    private static final byte[] WHOLE = Wire.packet(Siege.TALK, true, Wire.hex("0a0568656c6c6f"));

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
    void aFrameOfNoLengthBetweenTwoMessages() throws IOException {
        afterTheHandshake(Reason.BAD_FRAME, attacker -> attacker.raw(attacker.frame(0, NOTHING)));
    }

    @Test
    void aFrameOfNoLengthInsideAMessage() throws IOException {
        afterTheHandshake(Reason.BAD_FRAME, attacker -> {
            attacker.stream(Arrays.copyOf(WHOLE, 5));
            attacker.raw(attacker.frame(0, NOTHING));
        });
    }

    @Test
    void aFrameThatClaimsOneByteTooMany() throws IOException {
        afterTheHandshake(Reason.BAD_FRAME, attacker -> attacker.raw(attacker.frame(1_025, NOTHING)));
    }

    @Test
    void aFrameThatClaimsANegativeLength() throws IOException {
        afterTheHandshake(Reason.BAD_FRAME, attacker -> attacker.raw(attacker.frame(-1, NOTHING)));
    }

    @Test
    void aFrameWithAWrongTag() throws IOException {
        afterTheHandshake(Reason.BAD_FRAME, attacker -> {
            byte[] frame = attacker.frame(WHOLE.length, WHOLE);
            frame[frame.length - 1] ^= 1;
            attacker.raw(frame);
        });
    }

    @Test
    void aFrameSentTwice() throws IOException {
        afterTheHandshake(Reason.BAD_FRAME, attacker -> {
            byte[] frame = attacker.frame(WHOLE.length, WHOLE);
            attacker.raw(frame);
            attacker.raw(frame);
        });
    }

    @Test
    void aPacketThatIsTooLong() throws IOException {
        afterTheHandshake(
                Reason.TOO_LARGE, attacker -> attacker.stream(Wire.packet(Siege.TALK, false, new byte[1_410])));
    }

    @Test
    void aPacketThatClaimsMoreThanMemoryHolds() throws IOException {
        afterTheHandshake(Reason.TOO_LARGE, attacker -> attacker.stream(Wire.hex("ffffffffffffffffff01")));
    }

    @Test
    void aPacketOfNoKnownKind() throws IOException {
        afterTheHandshake(Reason.BAD_PACKET, attacker -> attacker.stream(Wire.hex("022200")));
    }

    @Test
    void anEmptyPacket() throws IOException {
        afterTheHandshake(Reason.BAD_PACKET, attacker -> attacker.stream(Wire.hex("00")));
    }

    @Test
    void aFieldThatIsLongerThanItsPacket() throws IOException {
        afterTheHandshake(Reason.BAD_PACKET, attacker -> attacker.stream(Wire.hex("041a7f1a0a")));
    }

    @Test
    void aChannelThatTheNodeDoesNotServe() throws IOException {
        afterTheHandshake(Reason.UNKNOWN_CHANNEL, attacker -> attacker.stream(Wire.packet(0x55, true, new byte[1])));
    }

    @Test
    void aNegativeChannel() throws IOException {
        afterTheHandshake(Reason.UNKNOWN_CHANNEL, attacker -> attacker.stream(Wire.packet(-1, true, new byte[1])));
    }

    @Test
    void aChannelWhoseLowestByteIsServed() throws IOException {
        afterTheHandshake(
                Reason.UNKNOWN_CHANNEL,
                attacker -> attacker.stream(Wire.packet(0x400 + Siege.TALK, true, new byte[1])));
    }

    @Test
    void aMessageWithoutAnEnd() throws IOException {
        afterTheHandshake(
                Reason.TOO_LARGE, attacker -> attacker.streamForEver(Wire.packet(Siege.TALK, false, new byte[1_000])));
    }

    @Test
    void aMessageThatIsOneByteTooLong() throws IOException {
        afterTheHandshake(Reason.TOO_LARGE, attacker -> {
            for (int i = 0; i < Siege.MAX_TALK_BYTES / 1_024; i++) {
                attacker.stream(Wire.packet(Siege.TALK, false, new byte[1_024]));
            }
            attacker.stream(Wire.packet(Siege.TALK, true, new byte[1]));
        });
    }

    @Test
    void aMessageThatDoesNotDecode() throws IOException {
        afterTheHandshake(
                Reason.UNDECODABLE_MESSAGE,
                attacker -> attacker.stream(Wire.packet(Siege.TALK, true, Wire.hex("0aff"))));
    }

    private static void afterTheHandshake(Reason reason, Siege.Attack attack) throws IOException {
        siege.repels(reason, attacker -> attack.on(attacker.shakeHands()));
    }
}
