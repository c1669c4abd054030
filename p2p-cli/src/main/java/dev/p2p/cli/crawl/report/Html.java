package dev.p2p.cli.crawl.report;

import java.util.Locale;

/** Text that strangers wrote, in a page; and numbers as the page shows them. */
final class Html {

    private Html() {}

    /** Text as content or in a quoted attribute: no character of it is markup, none a control. */
    static String text(String raw) {
        StringBuilder out = new StringBuilder(raw.length());
        raw.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.appendCodePoint(isPlain(c) ? c : '?');
            }
        });
        return out.toString();
    }

    /** Text that is not longer than a limit. */
    static String text(String raw, int most) {
        return text(
                raw.codePointCount(0, raw.length()) <= most
                        ? raw
                        : raw.substring(0, raw.offsetByCodePoints(0, most - 1)) + "…");
    }

    static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    static String decimal(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%,.0f", value);
    }

    static String percent(long part, long whole) {
        return whole == 0 ? "0%" : String.format(Locale.ROOT, "%.1f%%", 100.0 * part / whole);
    }

    /** A length in a picture. */
    static String px(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    /** Neither a control nor one of the characters that turn the direction of the text around them. */
    private static boolean isPlain(int c) {
        int type = Character.getType(c);
        return type != Character.CONTROL && type != Character.FORMAT && type != Character.SURROGATE;
    }
}
