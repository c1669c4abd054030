package dev.p2p.reactor.pex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import dev.p2p.api.reactor.MalformedMessageException;
import dev.p2p.reactor.pex.proto.PexAddress;
import dev.p2p.reactor.pex.proto.PexAddrs;
import dev.p2p.reactor.pex.proto.PexAddrsV2;
import dev.p2p.reactor.pex.proto.PexEnvelope;
import dev.p2p.reactor.pex.proto.PexUrl;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PexCodecTest {

    private static final int MAX_BYTES = 64_000;

    private final PexCodec codec = new PexCodec();

    @Test
    void makesOneEntryMoreThanThereMayBeAndNoOther() throws Exception {
        PexAddrs many = PexAddrs.newBuilder()
                .addAllAddrs(Collections.nCopies(31_000, PexAddress.getDefaultInstance()))
                .build();
        PexAddrsV2 manyV2 = PexAddrsV2.newBuilder()
                .addAllAddresses(Collections.nCopies(31_000, PexUrl.getDefaultInstance()))
                .build();
        assertThat(((PexAddrs) decode(codec.encode(many))).getAddrsCount()).isEqualTo(PexCodec.MAX_ENTRIES + 1);
        assertThat(((PexAddrsV2) decode(codec.encode(manyV2))).getAddressesCount())
                .isEqualTo(PexCodec.MAX_ENTRIES_V2 + 1);
    }

    @Test
    void readsAllOfWhatMayBeThere() throws Exception {
        PexAddrs.Builder addrs = PexAddrs.newBuilder();
        for (int i = 0; i < PexCodec.MAX_ENTRIES; i++) {
            addrs.addAddrs(
                    PexAddress.newBuilder().setId("" + i).setIp("192.0.2.1").setPort(i));
        }
        assertThat(decode(codec.encode(addrs.build()))).isEqualTo(addrs.build());
    }

    @Test
    void passesOverWhatItDoesNotKnow() throws Exception {
        UnknownFieldSet unknown = UnknownFieldSet.newBuilder()
                .addField(1, Field.newBuilder().addVarint(5).build())
                .addField(
                        9,
                        Field.newBuilder()
                                .addLengthDelimited(ByteString.copyFromUtf8("x"))
                                .build())
                .addField(
                        10,
                        Field.newBuilder()
                                .addGroup(UnknownFieldSet.getDefaultInstance())
                                .build())
                .build();
        PexAddrs addrs = PexAddrs.newBuilder()
                .addAddrs(PexAddress.newBuilder().setId("a"))
                .setUnknownFields(unknown)
                .build();
        byte[] bytes = PexEnvelope.newBuilder()
                .setPexAddrs(addrs)
                .setUnknownFields(unknown)
                .build()
                .toByteArray();
        assertThat(decode(bytes))
                .isEqualTo(addrs.toBuilder()
                        .setUnknownFields(UnknownFieldSet.getDefaultInstance())
                        .build());
        assertThatThrownBy(() -> decode(unknown.toByteArray())).isInstanceOf(MalformedMessageException.class);
    }

    /** What the generated parser takes, this one takes, and nothing else; it never fails in another way. */
    @Test
    void agreesWithTheGeneratedParser() {
        Random random = new Random(3);
        byte[] sound = codec.encode(PexAddrs.newBuilder()
                .addAddrs(
                        PexAddress.newBuilder().setId("abc").setIp("192.0.2.1").setPort(26_656))
                .addAddrs(PexAddress.newBuilder()
                        .setId("def")
                        .setIp("2001:db8::1")
                        .setPort(1))
                .build());
        int taken = 0;
        for (int i = 0; i < 100_000; i++) {
            byte[] bytes = sound.clone();
            for (int changes = random.nextInt(4); changes >= 0; changes--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            boolean expected = generatedParserTakes(bytes);
            taken += expected ? 1 : 0;
            assertThat(takes(bytes)).as("%s", ByteString.copyFrom(bytes)).isEqualTo(expected);
        }
        assertThat(taken).isBetween(1_000, 99_000);
    }

    private boolean takes(byte[] bytes) {
        try {
            decode(bytes);
            return true;
        } catch (MalformedMessageException e) {
            return false;
        }
    }

    private static boolean generatedParserTakes(byte[] bytes) {
        try {
            return PexEnvelope.parseFrom(bytes).getSumCase() != PexEnvelope.SumCase.SUM_NOT_SET;
        } catch (com.google.protobuf.InvalidProtocolBufferException e) {
            return false;
        }
    }

    private Message decode(byte[] bytes) throws MalformedMessageException {
        assertThat(bytes.length).isLessThanOrEqualTo(MAX_BYTES);
        return codec.decode(ByteBuffer.wrap(bytes));
    }
}
