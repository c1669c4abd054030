package dev.p2p.cli.filter;

import dev.p2p.cli.filter.Filter.Operator;
import org.jspecify.annotations.Nullable;

/** The signs and words of a filter, one after the other. */
final class FilterTokens {

    private final String text;
    private int at;

    FilterTokens(String text) throws FilterException {
        this.text = text;
        skipSpace();
        if (at == text.length()) {
            throw problem("the filter is empty");
        }
    }

    /** Where the next one begins, counted from 1. */
    int position() {
        return at + 1;
    }

    FilterException problem(String message) {
        return new FilterException(position(), message);
    }

    boolean take(String sign) {
        boolean inequality = sign.equals("!") && text.startsWith("!=", at);
        if (inequality || !text.startsWith(sign, at)) {
            return false;
        }
        at += sign.length();
        skipSpace();
        return true;
    }

    boolean takeWord(String word) {
        int end = at + word.length();
        if (!text.startsWith(word, at) || (end < text.length() && isWord(text.charAt(end)))) {
            return false;
        }
        return take(word);
    }

    void require(String sign) throws FilterException {
        if (!take(sign)) {
            throw problem("expected " + sign + ", found " + found());
        }
    }

    void requireEnd() throws FilterException {
        if (at < text.length()) {
            throw problem("expected && or ||, found " + found());
        }
    }

    @Nullable
    Operator operator() {
        if (take("==")) {
            return Operator.EQUAL;
        }
        if (take("!=")) {
            return Operator.NOT_EQUAL;
        }
        if (take("<=")) {
            return Operator.AT_MOST;
        }
        if (take(">=")) {
            return Operator.AT_LEAST;
        }
        if (take("<")) {
            return Operator.LESS;
        }
        if (take(">")) {
            return Operator.MORE;
        }
        if (take("~")) {
            return Operator.CONTAINS;
        }
        return take("=") ? Operator.EQUAL : null;
    }

    String word(String what) throws FilterException {
        int end = at;
        while (end < text.length() && isWord(text.charAt(end))) {
            end++;
        }
        if (end == at) {
            throw problem("expected " + what + ", found " + found());
        }
        String word = text.substring(at, end);
        at = end;
        skipSpace();
        return word;
    }

    /** A word, or anything in double quotes, where a backslash takes the next character as it is. */
    String value() throws FilterException {
        if (at >= text.length() || text.charAt(at) != '"') {
            return word("a value");
        }
        StringBuilder value = new StringBuilder();
        int end = at + 1;
        while (end < text.length() && text.charAt(end) != '"') {
            if (text.charAt(end) == '\\' && end + 1 < text.length()) {
                end++;
            }
            value.append(text.charAt(end++));
        }
        if (end >= text.length()) {
            throw problem("the quotes that begin here do not end");
        }
        at = end + 1;
        skipSpace();
        return value.toString();
    }

    private String found() {
        return at < text.length() ? "\"" + text.substring(at, Math.min(text.length(), at + 12)) + "\"" : "the end";
    }

    private void skipSpace() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || "_.:/@+-[]%*".indexOf(c) >= 0;
    }
}
