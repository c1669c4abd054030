package dev.p2p.cli.output;

/** Colours text, or does not. */
public final class Ink {

    /** Leaves text as it is. */
    public static final Ink NONE = new Ink(false);

    /** Colours it. */
    public static final Ink COLOUR = new Ink(true);

    private final boolean on;

    private Ink(boolean on) {
        this.on = on;
    }

    /** The text in the colour of a tone. */
    public String paint(Tone tone, String text) {
        return !on || tone.code().isEmpty() || text.isEmpty() ? text : "\033[" + tone.code() + "m" + text + "\033[0m";
    }
}
