package dev.p2p.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.net.InetAddress;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every row of addresses.json. */
class AddressVectorsTest {

    /** Go takes these for routable; the vector file says that a careful implementation does not. */
    private static final Set<String> STRICTER_THAN_GO = Set.of("100.64.0.1", "224.0.0.1", "203.0.113.7");

    private final JsonObject vectors = Vectors.read("addresses.json");

    @TestFactory
    Stream<DynamicTest> readsIdAtHostPortAsV034Does() {
        return rows("id_at_host_port").map(row -> {
            String input = row.get("input").getAsString();
            return DynamicTest.dynamicTest(row.get("name").getAsString(), () -> {
                if (row.get("normalised").isJsonNull()) {
                    assertThatIllegalArgumentException().isThrownBy(() -> NodeAddress.parseIdAtHostPort(input));
                } else {
                    NodeAddress address = NodeAddress.parseIdAtHostPort(input);
                    assertThat(address.id() + "@" + new HostPort(address.host(), address.port()))
                            .isEqualTo(row.get("normalised").getAsString());
                }
            });
        });
    }

    @TestFactory
    @DisplayName(
            "AD-20 AD-21 AD-22 AD-24 AD-28..AD-43: every URL of the vectors is read as v0.35 does or refused, and round-trips")
    Stream<DynamicTest> readsUrlsAsV035DoesAndRoundTrips() {
        return rows("url").map(row -> {
            String input = row.get("input").getAsString();
            return DynamicTest.dynamicTest("\"" + input + "\"", () -> {
                JsonElement parsed = row.get("parsed");
                if (parsed.isJsonNull()) {
                    assertThatIllegalArgumentException().isThrownBy(() -> NodeAddress.parse(input));
                    return;
                }
                NodeAddress address = NodeAddress.parse(input);
                assertThat(address).isEqualTo(expected(parsed.getAsJsonObject()));
                assertThat(NodeAddress.parse(address.toString())).isEqualTo(address);
            });
        });
    }

    @TestFactory
    Stream<DynamicTest> groupsAddressesByTheirOwner() {
        JsonObject groups = vectors.getAsJsonObject("group_key");
        return Stream.concat(
                pairs(groups.getAsJsonArray("non_strict"), "by bits: ", NetworkGroup::of),
                pairs(groups.getAsJsonArray("strict"), "routable only: ", NetworkGroup::ofRoutable));
    }

    @TestFactory
    Stream<DynamicTest> knowsWhatIsRoutable() {
        return rows("routability").map(row -> {
            String ip = row.get("ip").getAsString();
            return DynamicTest.dynamicTest(ip, () -> {
                AddressScope scope = AddressScope.of(InetAddress.getByName(ip));
                boolean expected = row.get("routable").getAsBoolean() && !STRICTER_THAN_GO.contains(ip);
                assertThat(scope.routable()).isEqualTo(expected);
                if (!row.get("valid").getAsBoolean()) {
                    assertThat(scope).isEqualTo(AddressScope.UNUSABLE);
                }
            });
        });
    }

    private interface Grouping {
        NetworkGroup of(InetAddress ip);
    }

    private static Stream<DynamicTest> pairs(JsonArray rows, String prefix, Grouping grouping) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(JsonElement::getAsJsonArray)
                .map(row -> DynamicTest.dynamicTest(
                        prefix + row.get(0).getAsString(),
                        () -> assertThat(grouping.of(
                                                InetAddress.getByName(row.get(0).getAsString()))
                                        .name())
                                .isEqualTo(row.get(1).getAsString())));
    }

    private static NodeAddress expected(JsonObject parsed) {
        return new NodeAddress(
                NodeId.parse(parsed.get("node_id").getAsString()),
                parsed.get("protocol").getAsString(),
                parsed.get("hostname").getAsString(),
                parsed.get("port").getAsInt(),
                parsed.get("path").getAsString());
    }

    private Stream<JsonObject> rows(String section) {
        return StreamSupport.stream(
                        vectors.getAsJsonObject(section).getAsJsonArray("cases").spliterator(), false)
                .map(JsonElement::getAsJsonObject);
    }
}
