package dev.p2p.transport.tcp.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.p2p.api.ChannelId;
import dev.p2p.api.NodeInfo;
import dev.p2p.api.transport.Piece;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Channels and messages of reactors that this platform does not have, as they pass through it. */
class OtherReactorsTest {

    @TestFactory
    Stream<DynamicTest> carriesTheirMessagesUnchanged() {
        return WireVectors.rows(WireVectors.read("reactor_messages.json"), "vectors")
                .map(row -> DynamicTest.dynamicTest(row.get("name").getAsString(), () -> {
                    byte[] message = HexFormat.of().parseHex(row.get("message").getAsString());
                    ChannelId channel = new ChannelId(row.get("channel").getAsInt());
                    Plaintext out = new Plaintext();
                    new PacketWriter().message(out.writer(), new Piece(channel, ByteBuffer.wrap(message), true));
                    byte[] bytes = out.bytes();
                    PacketReader reader = new PacketReader(1_034);
                    assertThat(reader.read(ByteBuffer.wrap(bytes), 0, bytes.length))
                            .isEqualTo(bytes.length);
                    assertThat(reader.channel()).isEqualTo(channel.value());
                    assertThat(ByteBuffer.wrap(bytes, reader.dataStart(), reader.dataLength()))
                            .isEqualTo(ByteBuffer.wrap(message));
                }));
    }

    @TestFactory
    Stream<DynamicTest> acceptsTheChannelsThatEachGenerationAnnounces() {
        JsonObject vectors = WireVectors.read("channels.json");
        return vectors.getAsJsonObject("advertised_order").entrySet().stream()
                .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> {
                    byte[] announced = HexFormat.of().parseHex(entry.getValue().getAsString());
                    assertThat(announced.length).isLessThanOrEqualTo(NodeInfo.MAX_CHANNELS);
                    List<Integer> described = new ArrayList<>();
                    String generation = "v"
                            + entry.getKey()
                                    .replaceAll("[^0-9.x,v]", "")
                                    .replace(",v", "_v")
                                    .substring(1);
                    for (JsonElement channel : vectors.getAsJsonArray(generation)) {
                        described.add(channel.getAsJsonObject().get("id").getAsInt());
                    }
                    List<Integer> numbers = new ArrayList<>();
                    for (byte b : announced) {
                        numbers.add(b & 0xff);
                    }
                    assertThat(numbers).containsExactlyInAnyOrderElementsOf(described);
                }));
    }

    /** The order between channels is this platform's own; what each channel sends is the same as in Go. */
    @Test
    void sendsThePacketsOfEachChannelAsGoDoes() throws Exception {
        JsonObject vectors = WireVectors.read("mconn_scheduling.json");
        Map<Integer, List<String>> expected = new TreeMap<>();
        WireVectors.rows(vectors, "expected")
                .forEach(row -> expected.computeIfAbsent(row.get("channel").getAsInt(), channel -> new ArrayList<>())
                        .add(row.get("payload").getAsInt() + " "
                                + row.get("eof").getAsBoolean() + " "
                                + row.get("bytes_on_stream").getAsInt()));
        Map<Integer, List<String>> sent = new TreeMap<>();
        for (JsonObject row : WireVectors.rows(vectors, "queued").toList()) {
            int channel = row.get("channel").getAsInt();
            int left = row.get("message_bytes").getAsInt();
            while (left > 0) {
                int payload = Math.min(PacketWriter.MAX_DATA, left);
                left -= payload;
                Plaintext out = new Plaintext();
                Piece piece = new Piece(new ChannelId(channel), ByteBuffer.wrap(new byte[payload]), left == 0);
                new PacketWriter().message(out.writer(), piece);
                sent.computeIfAbsent(channel, key -> new ArrayList<>())
                        .add(payload + " " + (left == 0) + " " + out.bytes().length);
            }
        }
        assertThat(sent).isEqualTo(expected);
    }
}
