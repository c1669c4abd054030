package dev.p2p.transport.tcp.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import dev.p2p.api.ChannelId;
import dev.p2p.api.NodeId;
import dev.p2p.api.NodeInfo;
import dev.p2p.api.ProtocolVersion;
import dev.p2p.api.Reason;
import dev.p2p.api.transport.TransportException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The encodings of node_info.json, and what must not be accepted. */
class NodeInfoCodecTest {

    /** The eight fields: p2p 8 and block 11, an identity, 127.0.0.1:1, net, 1.0, channel 00, peer, and nothing else. */
    private static final List<String> FIELDS = List.of(
            "0a040808100b",
            "1228" + "6162".repeat(20),
            "1a0b3132372e302e302e313a31",
            "22036e6574",
            "2a03312e30",
            "320100",
            "3a0470656572",
            "4200");

    /** Field 15 of each wire type that is skipped. */
    private static final String UNKNOWN = "7801" + "79" + "00".repeat(8) + "7a02ffff" + "7d" + "00".repeat(4);

    @TestFactory
    Stream<DynamicTest> readsAndWritesTheSameBytesAsGo() {
        return WireVectors.rows(WireVectors.read("node_info.json"), "encodings")
                .map(row -> DynamicTest.dynamicTest(row.get("name").getAsString(), () -> {
                    byte[] message = HexFormat.of().parseHex(row.get("message").getAsString());
                    JsonObject fields = row.getAsJsonObject("fields");
                    if (fields.get("moniker") == null || text(fields, "moniker").isEmpty()) {
                        assertThatThrownBy(() -> NodeInfoCodec.decode(message)).isInstanceOf(TransportException.class);
                        return;
                    }
                    assertThat(NodeInfoCodec.decode(message)).isEqualTo(info(fields));
                    assertThat(NodeInfoCodec.encode(info(fields))).isEqualTo(message);
                }));
    }

    @Test
    void refusesAnIdentityInUpperCase() throws Exception {
        byte[] good = NodeInfoCodec.encode(
                NodeInfo.of(NodeId.parse("ab".repeat(20)), "net", "peer", "", "127.0.0.1:1", List.of()));
        byte[] upper = good.clone();
        int at = new String(good, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("abab");
        upper[at] = 'A';
        assertThatThrownBy(() -> NodeInfoCodec.decode(upper))
                .isInstanceOfSatisfying(
                        TransportException.class, e -> assertThat(e.reason()).isEqualTo(Reason.INVALID_NODE_INFO));
    }

    @Test
    void refusesBytesThatAreNoMessage() {
        for (String hex : List.of("ff", "0a05", "0b", "22", "10ff")) {
            assertThatThrownBy(() -> NodeInfoCodec.decode(HexFormat.of().parseHex(hex)))
                    .as(hex)
                    .isInstanceOf(TransportException.class);
        }
    }

    @Test
    void readsFieldsInAnyOrderSkipsUnknownOnesAndTakesTheLastOfSeveral() throws Exception {
        NodeInfo info = NodeInfoCodec.decode(hex(String.join("", FIELDS)));
        assertThat(info.moniker()).isEqualTo("peer");
        assertThat(NodeInfoCodec.decode(hex(UNKNOWN + String.join(UNKNOWN, FIELDS.reversed()) + UNKNOWN)))
                .isEqualTo(info);
        assertThat(NodeInfoCodec.decode(hex(String.join("", FIELDS) + "3a056f74686572")))
                .extracting(NodeInfo::moniker)
                .isEqualTo("other");
    }

    @Test
    void anAbsentEmbeddedMessageIsAnEmptyOne() throws Exception {
        NodeInfo absent = NodeInfoCodec.decode(hex(String.join("", FIELDS.subList(1, FIELDS.size() - 1))));
        assertThat(absent.protocol()).isEqualTo(new ProtocolVersion(0, 0, 0));
        assertThat(NodeInfoCodec.decode(hex("0a00" + String.join("", FIELDS.subList(1, FIELDS.size())))))
                .isEqualTo(absent);
    }

    @Test
    void refusesWhatIsNoField() {
        List<String> wrong = new ArrayList<>(List.of("0a020a00", "42020801", "0000", "0c", "7b7c", "7c", "7a05", "78ff"));
        for (int field = 1; field <= FIELDS.size(); field++) {
            wrong.add("%02x01".formatted(field << 3));
        }
        for (String bytes : wrong) {
            assertThatThrownBy(() -> NodeInfoCodec.decode(hex(String.join("", FIELDS) + bytes)))
                    .as(bytes)
                    .isInstanceOfSatisfying(
                            TransportException.class, e -> assertThat(e.reason()).isEqualTo(Reason.INVALID_NODE_INFO));
        }
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    private static NodeInfo info(JsonObject fields) {
        List<ChannelId> channels = new ArrayList<>();
        for (byte channel : HexFormat.of().parseHex(text(fields, "channels"))) {
            channels.add(new ChannelId(channel & 0xff));
        }
        return new NodeInfo(
                new ProtocolVersion(number(fields, "p2p"), number(fields, "block"), number(fields, "app")),
                NodeId.parse(text(fields, "id")),
                text(fields, "listen_addr"),
                text(fields, "network"),
                text(fields, "version"),
                channels,
                text(fields, "moniker"),
                text(fields, "tx_index"),
                text(fields, "rpc_address"));
    }

    private static String text(JsonObject fields, String name) {
        return fields.has(name) ? fields.get(name).getAsString() : "";
    }

    private static long number(JsonObject fields, String name) {
        return fields.has(name) ? fields.get(name).getAsLong() : 0;
    }
}
