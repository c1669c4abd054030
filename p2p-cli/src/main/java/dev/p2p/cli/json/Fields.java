package dev.p2p.cli.json;

import dev.p2p.cli.output.Printable;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The fields of a JSON object, asked for by name and kind. A wrong kind is a {@link JsonProblem} that names the field. */
public final class Fields {

    private static final int SHOWN_CHARACTERS = 60;

    private final Map<String, @Nullable Object> values;
    private final String path;

    private Fields(Map<String, @Nullable Object> values, String path) {
        this.values = values;
        this.path = path;
    }

    /** The fields of a value that must be an object. */
    public static Fields of(@Nullable Object value, String name) throws JsonProblem {
        if (!(value instanceof Map<?, ?> map)) {
            throw new JsonProblem(name + " is not an object");
        }
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        map.forEach((key, field) -> values.put(String.valueOf(key), field));
        return new Fields(values, name.equals("the text") ? "" : name + ".");
    }

    /** The names that there are. */
    public List<String> names() {
        return List.copyOf(values.keySet());
    }

    /** Whether the field is there and not null. */
    public boolean has(String name) {
        return values.get(name) != null;
    }

    public String text(String name) throws JsonProblem {
        return optionalText(name).orElseThrow(() -> missing(name));
    }

    /** A text, if it is there. */
    public Optional<String> optionalText(String name) throws JsonProblem {
        Object value = values.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof String text) {
            return Optional.of(text);
        }
        throw new JsonProblem(path + name + " is not a text");
    }

    /** A whole number between two bounds. */
    public long integer(String name, long least, long most) throws JsonProblem {
        if (!(values.get(name) instanceof JsonNumber number)) {
            throw has(name) ? new JsonProblem(path + name + " is not a number") : missing(name);
        }
        long value = number.integer(path + name);
        if (value < least || value > most) {
            throw new JsonProblem(path + name + " is " + value + "; it may be " + least + " to " + most);
        }
        return value;
    }

    /** A whole number between two bounds, or another if there is none. */
    public long integer(String name, long least, long most, long absent) throws JsonProblem {
        return has(name) ? integer(name, least, most) : absent;
    }

    /** A finite number, or another if there is none. */
    public double real(String name, double absent) throws JsonProblem {
        Object value = values.get(name);
        if (value == null) {
            return absent;
        }
        if (value instanceof JsonNumber number) {
            return number.real(path + name);
        }
        throw new JsonProblem(path + name + " is not a number");
    }

    /** A truth value, false if it is not there. */
    public boolean flag(String name) throws JsonProblem {
        Object value = values.get(name);
        if (value == null || value instanceof Boolean) {
            return Boolean.TRUE.equals(value);
        }
        throw new JsonProblem(path + name + " is not true or false");
    }

    /** An instant (RFC 3339), if it is there. */
    public Optional<Instant> time(String name) throws JsonProblem {
        Optional<String> text = optionalText(name);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(OffsetDateTime.parse(text.get()).toInstant());
        } catch (DateTimeException e) {
            throw new JsonProblem(path + name + " is no time: " + shown(text.get()), e);
        }
    }

    public Fields object(String name) throws JsonProblem {
        if (!has(name)) {
            throw missing(name);
        }
        return of(values.get(name), path + name);
    }

    /** An object, if it is there. */
    public Optional<Fields> optionalObject(String name) throws JsonProblem {
        return has(name) ? Optional.of(object(name)) : Optional.empty();
    }

    /** A list of objects, empty if it is not there. */
    public List<Fields> objects(String name) throws JsonProblem {
        List<Fields> found = new ArrayList<>();
        for (Object item : list(name)) {
            found.add(of(item, path + name + "[" + found.size() + "]"));
        }
        return found;
    }

    /** A list of texts, empty if it is not there. */
    public List<String> texts(String name) throws JsonProblem {
        List<String> found = new ArrayList<>();
        for (Object item : list(name)) {
            if (!(item instanceof String text)) {
                throw new JsonProblem(path + name + "[" + found.size() + "] is not a text");
            }
            found.add(text);
        }
        return found;
    }

    /** A list of whole numbers, empty if it is not there. */
    public List<Long> integers(String name) throws JsonProblem {
        List<Long> found = new ArrayList<>();
        for (Object item : list(name)) {
            if (!(item instanceof JsonNumber number)) {
                throw new JsonProblem(path + name + "[" + found.size() + "] is not a number");
            }
            found.add(number.integer(path + name));
        }
        return found;
    }

    /** A list of finite numbers, empty if it is not there. */
    public List<Double> reals(String name) throws JsonProblem {
        List<Double> found = new ArrayList<>();
        for (Object item : list(name)) {
            if (!(item instanceof JsonNumber number)) {
                throw new JsonProblem(path + name + "[" + found.size() + "] is not a number");
            }
            found.add(number.real(path + name));
        }
        return found;
    }

    /** A problem with a field. */
    public JsonProblem problem(String name, String what) {
        return new JsonProblem(path + name + ": " + what);
    }

    /** A problem with a field, found by somebody else. */
    public JsonProblem problem(String name, Exception cause) {
        return new JsonProblem(path + name + ": " + cause.getMessage(), cause);
    }

    private List<?> list(String name) throws JsonProblem {
        Object value = values.get(name);
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> list) {
            return list;
        }
        throw new JsonProblem(path + name + " is not a list");
    }

    private JsonProblem missing(String name) {
        return new JsonProblem(path + name + " is missing");
    }

    private static String shown(String text) {
        String cut = text.length() > SHOWN_CHARACTERS ? text.substring(0, SHOWN_CHARACTERS) + "…" : text;
        return "\"" + Printable.of(cut) + "\"";
    }
}
