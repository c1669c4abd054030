package dev.p2p.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.HexFormat;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Identities and keys, with every row of node_id.json. */
class NodeIdTest {

    private final JsonObject vectors = Vectors.read("node_id.json");

    @TestFactory
    @DisplayName("AD-07: an identity is the first 20 bytes of the SHA-256 of its key, as in every row of the vectors")
    Stream<DynamicTest> derivesKeyAndIdentityFromTheSeed() {
        return rows("vectors")
                .map(row -> DynamicTest.dynamicTest(row.get("name").getAsString(), () -> {
                    NodeKey key = NodeKey.ofSeed(
                            HexFormat.of().parseHex(row.get("seed").getAsString()));
                    assertThat(HexFormat.of().formatHex(key.publicKeyBytes()))
                            .isEqualTo(row.get("public_key").getAsString());
                    assertThat(key.id().toString()).isEqualTo(row.get("node_id").getAsString());
                }));
    }

    @TestFactory
    Stream<DynamicTest> acceptsIdentitiesAndNormalisesTheirCase() {
        return rows("ids_accepted_by_node_id_validation").map(row -> {
            String id = row.get("id").getAsString();
            boolean wellFormed = row.get("ok").getAsBoolean() || id.matches("[0-9A-F]{40}");
            return DynamicTest.dynamicTest("\"" + id + "\"", () -> {
                if (wellFormed) {
                    assertThat(NodeId.parse(id)).hasToString(id.toLowerCase(Locale.ROOT));
                } else {
                    assertThatIllegalArgumentException().isThrownBy(() -> NodeId.parse(id));
                }
            });
        });
    }

    @Test
    void ordersIdentitiesAsUnsignedNumbers() {
        NodeId small = NodeId.parse("7f" + "00".repeat(19));
        NodeId large = NodeId.parse("80" + "00".repeat(19));
        assertThat(small).isLessThan(large);
        assertThat(NodeId.parse("00".repeat(19) + "7f")).isLessThan(NodeId.parse("00".repeat(19) + "ff"));
    }

    @Test
    void aKeyNeverShowsItsSecret() {
        NodeKey key = NodeKey.ofSeed(new byte[32]);
        assertThat(key.toString()).contains(key.id().toString()).doesNotContain("00".repeat(16));
    }

    @Test
    void restoresThePlatformsKeyFromRawBytes() {
        NodeKey key = NodeKey.ofSeed(new byte[32]);
        assertThat(NodeKey.publicKeyOf(key.publicKeyBytes())).isEqualTo(key.publicKey());
    }

    private Stream<JsonObject> rows(String section) {
        return StreamSupport.stream(vectors.getAsJsonArray(section).spliterator(), false)
                .map(JsonElement::getAsJsonObject);
    }
}
