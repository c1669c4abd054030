package dev.p2p.cli.output;

/** What a piece of text means, which a terminal may show by colour. A word or a sign always says the same. */
public enum Tone {
    PLAIN(""),
    GOOD("32"),
    ATTENTION("33"),
    BAD("31"),
    /** Old, absent or of little interest. */
    DIM("2"),
    /** An identity. */
    IDENTITY("36");

    private final String code;

    Tone(String code) {
        this.code = code;
    }

    /** The parameter of the terminal's SGR sequence (ECMA-48, section 8.3.117); empty for none. */
    String code() {
        return code;
    }
}
