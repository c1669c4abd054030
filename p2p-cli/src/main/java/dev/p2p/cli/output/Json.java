package dev.p2p.cli.output;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Results for programs: one object with {@code schema} and {@code kind}. Fields may be added, never renamed. */
public final class Json {

    /** Raised when a field changes its meaning. */
    private static final int SCHEMA = 1;

    private static final Gson GSON =
            new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create();

    private Json() {}

    /** Prints one thing. */
    public static void print(PrintWriter out, String kind, Map<String, ?> fields) {
        Map<String, Object> object = head(kind);
        object.putAll(fields);
        out.println(GSON.toJson(object));
    }

    /** Prints a list of things. */
    public static void printList(PrintWriter out, String kind, List<? extends Map<String, ?>> items) {
        Map<String, Object> object = head(kind);
        object.put("items", items);
        out.println(GSON.toJson(object));
    }

    private static Map<String, Object> head(String kind) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("schema", SCHEMA);
        object.put("kind", kind);
        return object;
    }
}
