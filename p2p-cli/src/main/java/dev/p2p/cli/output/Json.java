package dev.p2p.cli.output;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Results for programs: one object with {@code schema} and {@code kind}. Fields may be added, never renamed. */
public final class Json {

    /** Raised when a field changes its meaning. */
    private static final int SCHEMA = 1;

    private Json() {}

    /** Prints one thing. */
    public static void print(PrintWriter out, String kind, Map<String, ?> fields) {
        Map<String, Object> object = head(kind);
        object.putAll(fields);
        print(out, object);
    }

    /** Prints a list of things. */
    public static void printList(PrintWriter out, String kind, List<? extends Map<String, ?>> items) {
        Map<String, Object> object = head(kind);
        object.put("items", items);
        print(out, object);
    }

    /** One thing in one line, for a stream of them. */
    public static String line(String kind, Map<String, ?> fields) {
        Map<String, Object> object = head(kind);
        object.putAll(fields);
        return line(object);
    }

    /** A value in one line: maps, lists, texts, numbers, truth values, null; anything else as its text. */
    public static String line(@Nullable Object value) {
        StringWriter text = new StringWriter();
        write(text, value, "");
        return text.toString();
    }

    private static void print(PrintWriter out, Object value) {
        write(out, value, "  ");
        out.println();
    }

    private static void write(Writer out, @Nullable Object value, String indent) {
        try {
            JsonWriter json = new JsonWriter(out);
            json.setIndent(indent);
            json.setSerializeNulls(false);
            write(json, value);
            json.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(JsonWriter json, @Nullable Object value) throws IOException {
        switch (value) {
            case null -> json.nullValue();
            case Map<?, ?> map -> {
                json.beginObject();
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    json.name(String.valueOf(entry.getKey()));
                    write(json, entry.getValue());
                }
                json.endObject();
            }
            case Iterable<?> list -> {
                json.beginArray();
                for (Object item : list) {
                    write(json, item);
                }
                json.endArray();
            }
            case Number number -> json.value(number);
            case Boolean bool -> json.value(bool);
            default -> json.value(value.toString());
        }
    }

    private static Map<String, Object> head(String kind) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("schema", SCHEMA);
        object.put("kind", kind);
        return object;
    }
}
