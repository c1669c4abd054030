package dev.p2p.cli.output;

/**
 * Foreign text on a terminal: line breaks become spaces; control characters, and those that only steer how others are
 * shown (such as a change of direction), become question marks.
 */
public final class Printable {

    private Printable() {}

    public static String of(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.strip().codePoints().forEach(c -> {
            if (c == '\n' || c == '\r' || c == '\t') {
                out.append(' ');
            } else {
                out.appendCodePoint(steers(c) ? '?' : c);
            }
        });
        return out.toString();
    }

    /** The same, cut to so many characters, the last of which then says so. */
    public static String cut(String text, int most) {
        String all = of(text);
        return all.codePointCount(0, all.length()) <= most
                ? all
                : all.substring(0, all.offsetByCodePoints(0, most - 1)) + "…";
    }

    private static boolean steers(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
