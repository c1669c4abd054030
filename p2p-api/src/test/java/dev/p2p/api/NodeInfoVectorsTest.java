package dev.p2p.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The validation and compatibility rows of node_info.json; its encodings belong to the wire. */
class NodeInfoVectorsTest {

    private final JsonObject vectors = Vectors.read("node_info.json");

    @TestFactory
    @DisplayName("NI-02 NI-03 NI-05..NI-25: every field is validated as in the rows of the vectors")
    Stream<DynamicTest> validatesAsTheWireDemands() {
        return rows("validation")
                .map(row -> DynamicTest.dynamicTest(row.get("name").getAsString(), () -> {
                    JsonObject fields = replaced(row.getAsJsonObject("replace"));
                    if (row.get("ok").getAsBoolean()) {
                        assertThat(info(fields).moniker())
                                .isEqualTo(fields.get("moniker").getAsString());
                    } else {
                        assertThatIllegalArgumentException().isThrownBy(() -> info(fields));
                    }
                }));
    }

    @TestFactory
    @DisplayName(
            "NI-30..NI-34: block version, network and channels decide who fits, and nothing else, as in the rows of the vectors")
    Stream<DynamicTest> comparesBlockVersionNetworkAndChannelsOnly() {
        return rows("compatibility")
                .map(row -> DynamicTest.dynamicTest(row.get("name").getAsString(), () -> {
                    NodeInfo self = info(replaced(new JsonObject()));
                    NodeInfo peer = info(replaced(row.getAsJsonObject("replace_in_peer")));
                    assertThat(self.incompatibilityWith(peer).isEmpty())
                            .isEqualTo(row.get("ok").getAsBoolean());
                }));
    }

    @Test
    @DisplayName("NI-01 NI-04: nothing but an identity is no node information; five channels are as good as sixteen")
    void nodeInformationIsComplete() {
        JsonObject empty = replaced(new JsonObject());
        for (String field :
                List.of("listen_addr", "network", "version", "channels", "moniker", "tx_index", "rpc_address")) {
            empty.addProperty(field, "");
        }
        assertThatIllegalArgumentException().isThrownBy(() -> info(empty));
        JsonObject changed = new JsonObject();
        changed.addProperty("channels", "000102030405060708090a0b0c0d0e0f");
        assertThat(info(replaced(changed)).channels()).hasSize(16);
        changed.addProperty("channels", "0001020304");
        assertThat(info(replaced(changed)).channels()).hasSize(5);
    }

    @Test
    void eachTextHasAtMost256Characters() {
        for (String field : List.of("network", "version", "moniker", "rpc_address")) {
            assertBounded(field, "x".repeat(256));
        }
        assertBounded("listen_addr", "x".repeat(250) + ":26656");
    }

    private void assertBounded(String field, String longest) {
        JsonObject changed = new JsonObject();
        changed.addProperty(field, longest);
        assertThat(info(replaced(changed)).id()).isNotNull();
        changed.addProperty(field, "x" + longest);
        assertThatIllegalArgumentException().as(field).isThrownBy(() -> info(replaced(changed)));
    }

    private static NodeInfo info(JsonObject fields) {
        List<ChannelId> channels = new ArrayList<>();
        for (byte channel : HexFormat.of().parseHex(fields.get("channels").getAsString())) {
            channels.add(new ChannelId(channel & 0xff));
        }
        return new NodeInfo(
                new ProtocolVersion(
                        fields.get("p2p").getAsLong(),
                        fields.get("block").getAsLong(),
                        fields.get("app").getAsLong()),
                NodeId.parse(fields.get("id").getAsString()),
                fields.get("listen_addr").getAsString(),
                fields.get("network").getAsString(),
                fields.get("version").getAsString(),
                channels,
                fields.get("moniker").getAsString(),
                fields.get("tx_index").getAsString(),
                fields.get("rpc_address").getAsString());
    }

    private JsonObject replaced(JsonObject changes) {
        JsonObject fields = vectors.getAsJsonObject("base").deepCopy();
        changes.entrySet().forEach(change -> fields.add(change.getKey(), change.getValue()));
        return fields;
    }

    private Stream<JsonObject> rows(String section) {
        return StreamSupport.stream(vectors.getAsJsonArray(section).spliterator(), false)
                .map(JsonElement::getAsJsonObject);
    }
}
