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
