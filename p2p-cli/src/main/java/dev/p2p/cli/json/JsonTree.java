package dev.p2p.cli.json;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads hostile JSON strictly (RFC 8259), within limits, into maps, lists, texts, {@link JsonNumber}s, truth values and null.
 * Refuses a name that stands twice in an object.
 */
public final class JsonTree {

    private final JsonLimits limits;
    private final JsonReader reader;
    private int values;

    private JsonTree(String text, JsonLimits limits) {
        this.limits = limits;
        this.reader = new JsonReader(new StringReader(text));
        reader.setStrictness(Strictness.STRICT);
        reader.setNestingLimit(limits.maxDepth());
    }

    /** Reads an object. */
    public static Fields object(String text, JsonLimits limits) throws JsonProblem {
        return Fields.of(value(text, limits), "the text");
    }

    /** Reads any one value. */
    public static @Nullable Object value(String text, JsonLimits limits) throws JsonProblem {
        if (text.length() > limits.maxCharacters()) {
            throw new JsonProblem(
                    "it has " + text.length() + " characters; at most " + limits.maxCharacters() + " are read");
        }
        return new JsonTree(text, limits).all();
    }

    private @Nullable Object all() throws JsonProblem {
        try {
            Object value = read();
            if (reader.peek() != JsonToken.END_DOCUMENT) {
                throw new JsonProblem("something follows the JSON value");
            }
            return value;
        } catch (IOException | IllegalStateException | NumberFormatException e) {
            throw new JsonProblem(explained(e), e);
        }
    }

    private @Nullable Object read() throws IOException, JsonProblem {
        if (++values > limits.maxValues()) {
            throw new JsonProblem("it holds more than " + limits.maxValues() + " values");
        }
        return switch (reader.peek()) {
            case BEGIN_OBJECT -> map();
            case BEGIN_ARRAY -> list();
            case STRING -> reader.nextString();
            case NUMBER -> new JsonNumber(reader.nextString());
            case BOOLEAN -> reader.nextBoolean();
            case NULL -> {
                reader.nextNull();
                yield null;
            }
            default -> throw new JsonProblem("a value is missing at " + reader.getPath());
        };
    }

    private Map<String, @Nullable Object> map() throws IOException, JsonProblem {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        reader.beginObject();
        while (reader.hasNext()) {
            String name = reader.nextName();
            boolean twice = map.containsKey(name);
            map.put(name, read());
            if (twice) {
                throw new JsonProblem("a name stands twice at " + reader.getPath());
            }
        }
        reader.endObject();
        return map;
    }

    private List<@Nullable Object> list() throws IOException, JsonProblem {
        List<@Nullable Object> list = new ArrayList<>();
        reader.beginArray();
        while (reader.hasNext()) {
            list.add(read());
        }
        reader.endArray();
        return list;
    }

    /** The reader's first line; the others advise its programmer. */
    private static String explained(Exception e) {
        String message = String.valueOf(e.getMessage());
        String first = message.lines().findFirst().orElse(message);
        return first.replace(
                "Use JsonReader.setStrictness(Strictness.LENIENT) to accept malformed JSON", "malformed JSON");
    }
}
