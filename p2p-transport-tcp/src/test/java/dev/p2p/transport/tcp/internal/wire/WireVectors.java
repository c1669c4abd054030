package dev.p2p.transport.tcp.internal.wire;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;

/** The vector files beside the tests. */
final class WireVectors {

    private WireVectors() {}

    static JsonObject read(String name) {
        try (InputStream in = Objects.requireNonNull(WireVectors.class.getResourceAsStream("/vectors/" + name))) {
            return JsonParser.parseReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .getAsJsonObject();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static Stream<JsonObject> rows(JsonObject vectors, String section) {
        return vectors.getAsJsonArray(section).asList().stream().map(JsonElement::getAsJsonObject);
    }
}
