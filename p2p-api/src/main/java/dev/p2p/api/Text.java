package dev.p2p.api;

/** How foreign text is shown in a message: quoted, shortened and with nothing a terminal could act on. */
final class Text {

    private static final int SHOWN_CHARACTERS = 80;

    private Text() {}

    /** The text in quotes, cut after 80 characters, with everything but printable ASCII written as {@code \\uXXXX}. */
    static String quote(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < Math.min(text.length(), SHOWN_CHARACTERS); i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c <= '~') {
                out.append(c);
            } else {
                out.append(String.format("\\u%04x", (int) c));
            }
        }
        return out.append(text.length() > SHOWN_CHARACTERS ? "…\"" : "\"").toString();
    }

    /** Whether every character is printable ASCII (0x20 to 0x7e). */
    static boolean isPrintableAscii(String text) {
        return text.chars().allMatch(c -> c >= ' ' && c <= '~');
    }
}
