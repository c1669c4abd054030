package dev.p2p.it.attack;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.p2p.api.Reason;
import dev.p2p.api.reactor.Channel;
import dev.p2p.api.reactor.ChannelDescriptor;
import dev.p2p.api.reactor.ReactorEvent.Received;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What an admitted peer can do wrong in frames, packets and messages. */
class PacketAttacksTest {

    private static final int FRAGILE = 0x74;
    private static final byte[] NOTHING = {};
    private static final byte[] WHOLE = Wire.packet(Siege.TALK, true, Wire.hex("0a0568656c6c6f"));

    private static Siege siege;

    @BeforeAll
    static void besiege() throws IOException {
        siege = new Siege(builder -> builder.reactor("fragile", setup -> {
            Channel<StringValue> channel = setup.open(ChannelDescriptor.of(FRAGILE, "fragile", StringValue.parser()));
            return event -> {
                if (event instanceof Received<?>(var from, var _, StringValue text)) {
                    if (text.getValue().isEmpty()) {
                        throw new IllegalStateException("a reactor that fails on an empty message");
                    }
                    channel.send(from, text);
                }
            };
        }));
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

    /** Groups inside groups, which a reader that recurses follows until its stack ends. */
    @Test
    void aMessageOfNestedGroups() throws IOException {
        byte[] groups = new byte[15_000];
        Arrays.fill(groups, (byte) 0x7b);
        afterTheHandshake(Reason.UNDECODABLE_MESSAGE, attacker -> {
            for (int at = 0; at < groups.length; at += 1_000) {
                boolean last = at + 1_000 == groups.length;
                attacker.stream(Wire.packet(Siege.TALK, last, Arrays.copyOfRange(groups, at, at + 1_000)));
            }
        });
    }

    @Test
    void aFrameWithSomethingInItsPadding() throws IOException {
        byte[] garbage = new byte[700];
        Arrays.fill(garbage, (byte) 0xff);
        siege.endures(attacker -> {
            attacker.shakeHands().raw(attacker.frame(WHOLE.length, Wire.join(WHOLE, garbage)));
            assertThat(attacker.readMessage()).as("the echo").isEqualTo(Arrays.copyOfRange(WHOLE, 1, WHOLE.length));
        });
    }

    /** The reactor is made anew each time, with its channel and its peers. */
    @Test
    void messagesThatMakeAReactorThrow() throws IOException {
        siege.endures(4, attacker -> {
            attacker.exchangeKeys().prove().introduce((byte) FRAGILE);
            attacker.stream(Wire.packet(FRAGILE, true, NOTHING));
            attacker.stream(Wire.packet(FRAGILE, true, Wire.hex("0a0161")));
            assertThat(attacker.readMessage())
                    .as("the answer after the failure")
                    .isNotEmpty();
        });
    }

    private static void afterTheHandshake(Reason reason, Siege.Attack attack) throws IOException {
        siege.repels(reason, attacker -> attack.on(attacker.shakeHands()));
    }
}
