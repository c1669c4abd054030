package dev.p2p.cli.json;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts the list of a JSON object into the texts of its elements without understanding them, so that a damaged element costs
 * only itself: after it the reading goes on where the next element seems to begin. The elements are objects.
 */
public final class JsonElements {

    private static final int MAX_ELEMENT_CHARACTERS = JsonLimits.ENTRY.maxCharacters();
    private static final int MAX_DEPTH = JsonLimits.ENTRY.maxDepth();
    private static final int MAX_ELEMENTS = 2_000_000;

    private final String text;
    private final Pattern beginning;
    private final List<Element> elements = new ArrayList<>();
    private int at;
    private String problem = "";

    /**
     * An element, sound or not.
     *
     * @param number counted from 1
     * @param line where it begins, counted from 1
     * @param text the element, or what there is of it
     * @param problem why it cannot be read; empty if it is complete
     */
    public record Element(int number, int line, String text, String problem) {}

    /**
     * What was found.
     *
     * @param elements the elements, damaged ones included
     * @param rest the object with the list empty; without its tail if that is missing
     * @param complete whether the list and the object end
     */
    public record Cut(List<Element> elements, String rest, boolean complete) {}

    private JsonElements(String text, int at, String firstName) {
        this.text = text;
        this.at = at;
        this.beginning = Pattern.compile("\\{\\s*\"" + Pattern.quote(firstName) + "\"");
    }

    /**
     * Cuts a list.
     *
     * @param list the list's name
     * @param firstName the first name in every element, by which the next one is found after damage
     * @throws JsonProblem if there is no such list, or it is too long
     */
    public static Cut cut(String text, String list, String firstName) throws JsonProblem {
        Matcher start =
                Pattern.compile("\"" + Pattern.quote(list) + "\"\\s*:\\s*\\[").matcher(text);
        if (!text.stripLeading().startsWith("{") || !start.find()) {
            throw new JsonProblem("it is no JSON object with a list \"" + list + "\"");
        }
        JsonElements cutter = new JsonElements(text, start.end(), firstName);
        boolean ended = cutter.run();
        String tail = ended ? text.substring(cutter.at) : "]}";
        return new Cut(cutter.elements, text.substring(0, start.end()) + tail, ended);
    }

    /** Returns whether the list's end was reached. */
    private boolean run() throws JsonProblem {
        LineCounter lines = new LineCounter(text);
        while (true) {
            skipSeparators();
            if (at >= text.length()) {
                return false;
            }
            if (text.charAt(at) == ']') {
                return true;
            }
            if (elements.size() == MAX_ELEMENTS) {
                throw new JsonProblem("it has more than " + MAX_ELEMENTS + " entries");
            }
            int start = at;
            boolean sound = element();
            int end = sound ? at : next(start);
            elements.add(new Element(
                    elements.size() + 1,
                    lines.at(start),
                    text.substring(start, Math.min(end, start + MAX_ELEMENT_CHARACTERS)),
                    sound ? "" : problem));
            at = end;
        }
    }

    private void skipSeparators() {
        while (at < text.length() && (Character.isWhitespace(text.charAt(at)) || text.charAt(at) == ',')) {
            at++;
        }
    }

    /** Moves behind the element. Returns false, with the problem, if it does not end as it should. */
    private boolean element() {
        if (text.charAt(at) != '{') {
            return damaged("it is not an object");
        }
        int start = at;
        int depth = 0;
        boolean quoted = false;
        for (int i = at; i < text.length(); i++) {
            char c = text.charAt(i);
            if (i - start >= MAX_ELEMENT_CHARACTERS) {
                return damaged("it has more than " + MAX_ELEMENT_CHARACTERS + " characters");
            }
            if (quoted) {
                if (c < ' ') {
                    return damaged("a text does not end");
                }
                if (c == '\\') {
                    i++;
                } else if (c == '"') {
                    quoted = false;
                }
            } else if (c == '"') {
                quoted = true;
            } else if (c == '{' || c == '[') {
                if (++depth > MAX_DEPTH) {
                    return damaged("it is nested more than " + MAX_DEPTH + " deep");
                }
            } else if (c == '}' || c == ']') {
                if (--depth == 0) {
                    at = i + 1;
                    return true;
                }
            }
        }
        return damaged("the file ends in the middle of it");
    }

    private boolean damaged(String why) {
        problem = why;
        return false;
    }

    /** Where the next element seems to begin. */
    private int next(int start) {
        Matcher following = beginning.matcher(text);
        return following.find(start + 1) ? following.start() : text.length();
    }

    /** Counts lines as the reading goes on. */
    private static final class LineCounter {

        private final String text;
        private int counted;
        private int line = 1;

        LineCounter(String text) {
            this.text = text;
        }

        int at(int position) {
            while (counted < position) {
                if (text.charAt(counted++) == '\n') {
                    line++;
                }
            }
            return line;
        }
    }
}
