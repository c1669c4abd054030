package dev.p2p.transport.tcp.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import dev.p2p.api.ChannelId;
import dev.p2p.api.Reason;
import dev.p2p.api.transport.InboundSink;
import dev.p2p.api.transport.Piece;
import dev.p2p.api.transport.TransportException;
import dev.p2p.transport.tcp.internal.wire.PacketReader.Kind;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every row of packets.json. */
class PacketVectorsTest {

    private static final int MAX = 1_410;

    private final JsonObject vectors = WireVectors.read("packets.json");

    @TestFactory
    Stream<DynamicTest> readsWhatGoSends() {
        return WireVectors.rows(vectors, "accept")
                .map(row -> DynamicTest.dynamicTest(name(row), () -> {
                    byte[] bytes = hex(row, "delimited");
                    PacketReader reader = new PacketReader(MAX);
                    assertThat(reader.read(ByteBuffer.wrap(bytes), 0, bytes.length))
                            .isEqualTo(bytes.length);
                    assertThat(reader.kind()).isEqualTo(kind(row));
                    if (reader.kind() == Kind.MESSAGE) {
                        assertMessage(reader, bytes, row);
                    }
                }));
    }

    @TestFactory
    @DisplayName(
            "MC-15: pings, pongs and packets of messages have the same bytes as in Go, as in every row of the vectors")
    Stream<DynamicTest> writesTheSameBytesAsGo() {
        return WireVectors.rows(vectors, "accept")
                .map(row -> DynamicTest.dynamicTest(name(row), () -> {
                    Plaintext out = new Plaintext();
                    PacketWriter writer = new PacketWriter();
                    switch (kind(row)) {
                        case PING -> writer.ping(out.writer());
                        case PONG -> writer.pong(out.writer());
                        case MESSAGE ->
                            writer.message(
                                    out.writer(),
                                    new Piece(
                                            new ChannelId(row.get("channel").getAsInt()),
                                            ByteBuffer.wrap(hex(row, "data")),
                                            row.get("eof").getAsBoolean()));
                    }
                    assertThat(out.bytes()).isEqualTo(hex(row, "delimited"));
                }));
    }

    @TestFactory
    Stream<DynamicTest> readsWhatOthersMaySend() {
        return WireVectors.rows(vectors, "accept_decode_only")
                .map(row -> DynamicTest.dynamicTest(name(row), () -> {
                    byte[] bytes = delimited(hex(row, "packet"));
                    PacketReader reader = new PacketReader(MAX);
                    assertThat(reader.read(ByteBuffer.wrap(bytes), 0, bytes.length))
                            .isEqualTo(bytes.length);
                    assertThat(reader.kind()).isEqualTo(Kind.MESSAGE);
                    assertMessage(reader, bytes, row);
                }));
    }

    @TestFactory
    Stream<DynamicTest> refusesWhatGoRefuses() {
        return WireVectors.rows(vectors, "reject")
                .map(row -> DynamicTest.dynamicTest(name(row), () -> {
                    byte[] bytes = delimited(hex(row, "packet"));
                    assertThatThrownBy(() -> {
                                PacketReader reader = new PacketReader(MAX);
                                reader.read(ByteBuffer.wrap(bytes), 0, bytes.length);
                                new MessageLengths()
                                        .accept(reader.channel(), reader.dataLength(), reader.eof(), everyChannel());
                            })
                            .isInstanceOfSatisfying(
                                    TransportException.class,
                                    e -> assertThat(e.reason()).isIn(Reason.BAD_PACKET, Reason.UNKNOWN_CHANNEL));
                }));
    }

    @TestFactory
    Stream<DynamicTest> readsDelimitersAsGoDoes() {
        return WireVectors.rows(vectors, "delimited_reader")
                .map(row -> DynamicTest.dynamicTest(name(row), () -> {
                    byte[] bytes = hex(row, "input");
                    int max = row.get("max").getAsInt();
                    String result = row.get("result").getAsString();
                    PacketReader reader = new PacketReader(max);
                    if (result.startsWith("error") && !result.contains("end of stream")) {
                        assertThatThrownBy(() -> reader.read(ByteBuffer.wrap(bytes), 0, bytes.length))
                                .isInstanceOf(TransportException.class);
                    } else if (result.contains("end of stream")) {
                        assertThat(reader.read(ByteBuffer.wrap(bytes), 0, bytes.length))
                                .isZero();
                    } else if (result.startsWith("empty message")) {
                        assertThatThrownBy(() -> reader.read(ByteBuffer.wrap(bytes), 0, bytes.length))
                                .as("an empty message is no packet")
                                .isInstanceOf(TransportException.class);
                    } else {
                        assertThat(reader.read(ByteBuffer.wrap(bytes), 0, bytes.length))
                                .isEqualTo(bytes.length);
                    }
                }));
    }

    @Test
    void cutsAMessageIntoTheSamePacketsAsGo() throws Exception {
        JsonObject row = vectors.getAsJsonObject("fragmentation");
        byte[] message = new byte[2_500];
        for (int i = 0; i < message.length; i++) {
            message[i] = (byte) (7 * i + 3);
        }
        ChannelId channel = new ChannelId(row.get("channel").getAsInt());
        List<String> packets = new ArrayList<>();
        for (int from = 0; from < message.length; from += PacketWriter.MAX_DATA) {
            int length = Math.min(PacketWriter.MAX_DATA, message.length - from);
            Plaintext out = new Plaintext();
            ByteBuffer slice = ByteBuffer.wrap(message, from, length);
            new PacketWriter().message(out.writer(), new Piece(channel, slice, from + length == message.length));
            packets.add(HexFormat.of().formatHex(out.bytes()));
        }
        assertThat(packets)
                .isEqualTo(row.getAsJsonArray("packets_delimited").asList().stream()
                        .map(packet -> packet.getAsString())
                        .toList());
    }

    @TestFactory
    Stream<DynamicTest> theLargestPacketOfEachPayloadFitsItsReceiversLimit() {
        return vectors.getAsJsonObject("max_packet_size").getAsJsonArray("table").asList().stream()
                .map(row -> row.getAsJsonObject())
                .map(row ->
                        DynamicTest.dynamicTest("payload " + row.get("payload").getAsInt(), () -> {
                            int payload = row.get("payload").getAsInt();
                            int inner = 2 + 2 + 1 + Varint.size(payload) + payload;
                            assertThat(1 + Varint.size(inner) + inner)
                                    .isEqualTo(row.get("max_packet_size").getAsInt());
                        }));
    }

    @Test
    void aFullPieceOnAChannelOfTwoBytesStaysWithinTheLimitOfEverybody() throws Exception {
        Plaintext out = new Plaintext();
        new PacketWriter().message(out.writer(), new Piece(new ChannelId(200), ByteBuffer.wrap(new byte[1_024]), true));
        byte[] bytes = out.bytes();
        PacketReader reader = new PacketReader(1_034);
        int first = reader.read(ByteBuffer.wrap(bytes), 0, bytes.length);
        assertThat(reader.eof()).isFalse();
        int firstData = reader.dataLength();
        assertThat(reader.read(ByteBuffer.wrap(bytes), first, bytes.length - first))
                .isEqualTo(bytes.length - first);
        assertThat(reader.eof()).isTrue();
        assertThat(firstData + reader.dataLength()).isEqualTo(1_024);
    }

    private static void assertMessage(PacketReader reader, byte[] bytes, JsonObject row) {
        assertThat(reader.channel()).isEqualTo(row.get("channel").getAsInt());
        assertThat(reader.eof()).isEqualTo(row.get("eof").getAsBoolean());
        byte[] data = new byte[reader.dataLength()];
        System.arraycopy(bytes, reader.dataStart(), data, 0, data.length);
        assertThat(data).isEqualTo(hex(row, "data"));
    }

    private static Kind kind(JsonObject row) {
        return switch (row.get("kind").getAsString()) {
            case "ping" -> Kind.PING;
            case "pong" -> Kind.PONG;
            default -> Kind.MESSAGE;
        };
    }

    private static byte[] delimited(byte[] packet) {
        byte[] out = new byte[5 + packet.length];
        int at = Varint.write(out, 0, packet.length);
        System.arraycopy(packet, 0, out, at, packet.length);
        return java.util.Arrays.copyOf(out, at + packet.length);
    }

    private static byte[] hex(JsonObject row, String field) {
        return HexFormat.of().parseHex(row.get(field).getAsString());
    }

    private static String name(JsonObject row) {
        return row.get("name").getAsString();
    }

    private static InboundSink everyChannel() {
        return new InboundSink() {
            @Override
            public void piece(ChannelId channel, ByteBuffer bytes, boolean last) {}

            @Override
            public int maxMessageBytes(ChannelId channel) {
                return 1 << 20;
            }
        };
    }
}
