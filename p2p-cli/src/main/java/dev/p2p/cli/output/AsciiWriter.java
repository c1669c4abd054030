package dev.p2p.cli.output;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;

/** Writes for terminals that know ASCII only: bars and arrows as letters that look alike, all else as a question mark. */
public final class AsciiWriter extends FilterWriter {

    private static final String BARS = "_.-:=+*#";

    public AsciiWriter(Writer out) {
        super(out);
    }

    @Override
    public void write(int c) throws IOException {
        write(String.valueOf((char) c), 0, 1);
    }

    @Override
    public void write(char[] text, int from, int length) throws IOException {
        write(String.valueOf(text, from, length), 0, length);
    }

    @Override
    public void write(String text, int from, int length) throws IOException {
        StringBuilder ascii = new StringBuilder(length);
        for (int i = from; i < from + length; i++) {
            char c = text.charAt(i);
            if (!Character.isLowSurrogate(c)) {
                ascii.append(c < 0x80 ? String.valueOf(c) : alike(c));
            }
        }
        out.write(ascii.toString());
    }

    private static String alike(char c) {
        int bar = Sparkline.BARS.indexOf(c);
        if (bar >= 0) {
            return BARS.substring(bar, bar + 1);
        }
        return switch (c) {
            case '→' -> "->";
            case '…' -> "...";
            case '–' -> "-";
            case '×' -> "x";
            case '░' -> ".";
            default -> "?";
        };
    }
}
