package dev.p2p.cli.output;

import java.lang.System.Logger.Level;

/**
 * How much the program logs. Said once, before the parts that log are loaded; each logger asks when it is made.
 */
public final class LogSetup {

    static final String LEVEL_PROPERTY = "dev.p2p.log";

    private LogSetup() {}

    /** Chooses the level: {@code -v} shows everything, {@code -q} warnings and errors only. */
    public static void choose(boolean verbose, boolean quiet) {
        Level level = quiet ? Level.WARNING : verbose ? Level.DEBUG : Level.INFO;
        System.setProperty(LEVEL_PROPERTY, level.name());
    }

    static Level level() {
        return Level.valueOf(System.getProperty(LEVEL_PROPERTY, Level.WARNING.name()));
    }
}
