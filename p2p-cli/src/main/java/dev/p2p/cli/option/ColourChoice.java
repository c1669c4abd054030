package dev.p2p.cli.option;

import dev.p2p.cli.output.Ink;

/** When to use colours. */
public enum ColourChoice {
    /** On a terminal, unless {@code NO_COLOR} says no; without one, if {@code CLICOLOR_FORCE} says so. */
    AUTO,
    ALWAYS,
    NEVER;

    /** Colours or none, in these surroundings. */
    public Ink ink(Surroundings around) {
        return switch (this) {
            case ALWAYS -> Ink.COLOUR;
            case NEVER -> Ink.NONE;
            case AUTO -> automatic(around) ? Ink.COLOUR : Ink.NONE;
        };
    }

    /** The conventions of no-color.org and bixense.com/clicolors: a wish against colours wins. */
    private static boolean automatic(Surroundings around) {
        if (around.variable("NO_COLOR").isPresent()) {
            return false;
        }
        boolean forced = around.variable("CLICOLOR_FORCE")
                .filter(value -> !value.equals("0"))
                .isPresent();
        boolean dumb = around.variable("TERM").filter("dumb"::equals).isPresent();
        return forced || (around.terminal() && !dumb);
    }
}
