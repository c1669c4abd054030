package dev.p2p.cli.filter;

import dev.p2p.cli.filter.Filter.Operand;
import dev.p2p.cli.filter.Filter.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads the filter language:
 *
 * <pre>
 * any     = all { "||" all }
 * all     = one { "&amp;&amp;" one }
 * one     = "!" one | "(" any ")" | field [ operator value | "in" "(" value { "," value } ")" ]
 * operator= "==" | "!=" | "&lt;" | "&lt;=" | "&gt;" | "&gt;=" | "~"
 * value   = word | "text in quotes"
 * </pre>
 *
 * {@code =} is read as {@code ==}. A field alone asks whether it has a value. Length and nesting are bounded.
 */
public final class FilterParser {

    /** The longest filter, in characters. */
    public static final int MAX_CHARACTERS = 4_096;

    /** The deepest nesting of brackets and negations. */
    public static final int MAX_DEPTH = 64;

    private final Map<String, FieldKind> fields;
    private final FilterTokens tokens;

    private FilterParser(String text, Map<String, FieldKind> fields) throws FilterException {
        this.fields = fields;
        this.tokens = new FilterTokens(text);
    }

    /**
     * Reads a filter.
     *
     * @param fields the fields that exist
     * @throws FilterException if it cannot be understood
     */
    public static Filter parse(String text, Map<String, FieldKind> fields) throws FilterException {
        if (text.length() > MAX_CHARACTERS) {
            throw new FilterException(
                    MAX_CHARACTERS,
                    "a filter has at most " + MAX_CHARACTERS + " characters, this has " + text.length());
        }
        FilterParser parser = new FilterParser(text, fields);
        Filter filter = parser.any(0);
        parser.tokens.requireEnd();
        return filter;
    }

    private Filter any(int depth) throws FilterException {
        List<Filter> parts = new ArrayList<>();
        do {
            parts.add(all(depth));
        } while (tokens.take("||"));
        return parts.size() == 1 ? parts.getFirst() : new Filter.Any(List.copyOf(parts));
    }

    private Filter all(int depth) throws FilterException {
        List<Filter> parts = new ArrayList<>();
        do {
            parts.add(one(depth));
        } while (tokens.take("&&"));
        return parts.size() == 1 ? parts.getFirst() : new Filter.All(List.copyOf(parts));
    }

    private Filter one(int depth) throws FilterException {
        if (depth >= MAX_DEPTH) {
            throw tokens.problem("brackets and negations are nested more than " + MAX_DEPTH + " deep");
        }
        if (tokens.take("!")) {
            return new Filter.Not(one(depth + 1));
        }
        if (tokens.take("(")) {
            Filter inner = any(depth + 1);
            tokens.require(")");
            return inner;
        }
        return condition();
    }

    private Filter condition() throws FilterException {
        int start = tokens.position();
        String field = tokens.word("a field");
        FieldKind kind = fields.get(field);
        if (kind == null) {
            throw new FilterException(
                    start, "there is no field " + field + "; there are " + String.join(", ", fields.keySet()));
        }
        if (tokens.takeWord("in")) {
            return in(field, kind);
        }
        Operator operator = tokens.operator();
        if (operator == null) {
            return new Filter.Present(field);
        }
        return new Filter.Compare(field, kind, operator, operand(field, kind, operator));
    }

    private Filter in(String field, FieldKind kind) throws FilterException {
        List<Operand> values = new ArrayList<>();
        tokens.require("(");
        do {
            values.add(operand(field, kind, Operator.EQUAL));
        } while (tokens.take(","));
        tokens.require(")");
        return new Filter.In(field, kind, List.copyOf(values));
    }

    private Operand operand(String field, FieldKind kind, Operator operator) throws FilterException {
        int start = tokens.position();
        String text = tokens.value();
        if (operator == Operator.CONTAINS && kind != FieldKind.TEXT && kind != FieldKind.IDENTITY) {
            throw new FilterException(start, field + " is no text, so ~ does not fit it");
        }
        return FilterValues.operand(text, kind, field, start);
    }
}
