package dev.p2p.transport.tcp.internal.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The vector files of the wire specification. */
final class Vectors {

    private Vectors() {}

    static JsonObject file(String name) {
        try (InputStream in = Objects.requireNonNull(Vectors.class.getResourceAsStream("/vectors/" + name), name)) {
            return JsonParser.parseReader(new InputStreamReader(in, UTF_8)).getAsJsonObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<JsonObject> objects(JsonObject parent, String member) {
        return StreamSupport.stream(parent.getAsJsonArray(member).spliterator(), false)
                .map(JsonElement::getAsJsonObject);
    }

    static String text(JsonObject vector, String member) {
        return vector.get(member).getAsString();
    }

    static byte[] bytes(JsonObject vector, String member) {
        return hex(text(vector, member));
    }

    static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
