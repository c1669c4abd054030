package dev.p2p.reactor.pex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.Message;
import dev.p2p.api.AddressScope;
import dev.p2p.api.Direction;
import dev.p2p.api.reactor.MalformedMessageException;
import dev.p2p.api.reactor.MessageCodec;
import dev.p2p.reactor.pex.proto.PexAddrs;
import dev.p2p.reactor.pex.proto.PexAddrsV2;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every row of pex.json. */
class PexVectorsTest {

    private final MessageCodec<Message> codec = new PexCodec();
    private final JsonObject vectors = read();

    @TestFactory
    @DisplayName(
            "PXR-13 RT-11: messages come out of their envelope and go into it with the same bytes as in Go, as in every row of the vectors")
    Stream<DynamicTest> readsAndWritesTheSameBytesAsGo() {
        return rows("encodings")
                .map(row -> DynamicTest.dynamicTest(
                        row.get("version").getAsString() + ": "
                                + row.get("name").getAsString(),
                        () -> {
                            byte[] bytes =
                                    HexFormat.of().parseHex(row.get("message").getAsString());
                            Message message = codec.decode(ByteBuffer.wrap(bytes));
                            assertThat(codec.encode(message)).isEqualTo(bytes);
                            if (row.has("addresses")) {
                                assertThat(entries(message))
                                        .isEqualTo(
                                                row.getAsJsonArray("addresses").size());
                            }
                        }));
    }

    /** Go ends the connection for one bad address; here the address is skipped and never stored, and no known case is malformed. */
    @TestFactory
    Stream<DynamicTest> neverTakesAnAddressThatGoRefuses() {
        return rows("rejected_by_go")
                .map(row -> DynamicTest.dynamicTest(row.get("name").getAsString(), () -> {
                    ByteBuffer bytes = ByteBuffer.wrap(
                            HexFormat.of().parseHex(row.get("message").getAsString()));
                    if (!bytes.hasRemaining()) {
                        assertThatThrownBy(() -> codec.decode(bytes)).isInstanceOf(MalformedMessageException.class);
                        return;
                    }
                    Message message = codec.decode(bytes);
                    assertThat(message)
                            .isInstanceOfSatisfying(
                                    PexAddrs.class,
                                    addrs -> assertThat(addrs.getAddrsList().stream()
                                                    .map(PexAddresses::decode))
                                            .hasSize(1)
                                            .allMatch(Optional::isEmpty));
                }));
    }

    /** The tables say when a node is cut off for asking too early. Whatever the timer does, this node never gets there. */
    @TestFactory
    Stream<DynamicTest> neverAsksEarlierThanAnyVersionAllows() {
        return rows("request_rate")
                .map(rule -> DynamicTest.dynamicTest(rule.get("rule").getAsString(), () -> {
                    double leastSeconds = leastInterval(rule);
                    SplittableRandom random = new SplittableRandom(42);
                    PexPeer peer = new PexPeer(Direction.OUTBOUND, AddressScope.PUBLIC, 0);
                    long now = 0;
                    long last = Long.MIN_VALUE;
                    int asked = 0;
                    for (int i = 0; i < 20_000; i++) {
                        now += random.nextInt(2_000) * 1_000_000L;
                        if (peer.mayAsk(now)) {
                            if (asked > 0) {
                                assertThat((now - last) / 1e9).isGreaterThan(leastSeconds);
                            }
                            peer.asked(now);
                            asked++;
                            last = now;
                        } else if (random.nextInt(4) == 0) {
                            peer.answered();
                        } else {
                            peer.ranOut(now);
                        }
                    }
                    assertThat(asked).isGreaterThan(100);
                }));
    }

    /** The shortest time between two requests that a row still allows from the third on. */
    private static double leastInterval(JsonObject rule) {
        String text = rule.get("rule").getAsString();
        return text.contains("10 s") ? 10 : text.contains("200 ms") ? 0.2 : 0.1;
    }

    private static int entries(Message message) {
        return switch (message) {
            case PexAddrs addrs -> addrs.getAddrsCount();
            case PexAddrsV2 addrs -> addrs.getAddressesCount();
            default -> 0;
        };
    }

    private Stream<JsonObject> rows(String section) {
        return vectors.getAsJsonArray(section).asList().stream().map(JsonElement::getAsJsonObject);
    }

    private static JsonObject read() {
        try (InputStream in = Objects.requireNonNull(PexVectorsTest.class.getResourceAsStream("/vectors/pex.json"))) {
            return JsonParser.parseReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .getAsJsonObject();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
