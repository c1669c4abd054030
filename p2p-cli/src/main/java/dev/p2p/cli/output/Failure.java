package dev.p2p.cli.output;

import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/**
 * A command could not do what was asked. Shown as four lines: what failed with a stable code, why, what to do, and a second
 * way.
 */
public final class Failure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final int exitCode;
    private final String why;
    private final String remedy;
    private final String otherRemedy;

    private Failure(
            String what,
            String code,
            int exitCode,
            String why,
            String remedy,
            String otherRemedy,
            @Nullable Throwable cause) {
        super(what, cause);
        this.code = code;
        this.exitCode = exitCode;
        this.why = why;
        this.remedy = remedy;
        this.otherRemedy = otherRemedy;
    }

    /**
     * A failure with its explanation.
     *
     * @param code stable, such as {@code P2P-STORE-LOCKED}
     * @param exitCode one of {@link ExitCode}
     * @param what what failed, beginning in lower case
     * @param why the cause, in one line
     */
    public static Failure of(String code, int exitCode, String what, String why) {
        return new Failure(what, code, exitCode, why, "p2p --help", "the same command with -v shows more", null);
    }

    /** A wrong command line. */
    public static Failure usage(String why, String command) {
        return of("P2P-USAGE", ExitCode.USAGE, "cannot understand the command line", why)
                .orThis(command + " --help");
    }

    /** A failure that nobody foresaw. */
    public static Failure unexpected(Throwable e) {
        return of("P2P-INTERNAL", ExitCode.FAILED, "the command failed", e.toString())
                .tryThis("the same command with -v shows where")
                .orThis("report it with that output")
                .causedBy(e);
    }

    /** What to do about it. */
    public Failure tryThis(String value) {
        return new Failure(what(), code, exitCode, why, value, otherRemedy, getCause());
    }

    /** A second way. */
    public Failure orThis(String value) {
        return new Failure(what(), code, exitCode, why, remedy, value, getCause());
    }

    /** What else is to be known of it. */
    public Failure adding(String more) {
        return new Failure(what(), code, exitCode, why + "; " + more, remedy, otherRemedy, getCause());
    }

    /** The exception behind it, for {@code -v}. */
    public Failure causedBy(Throwable cause) {
        return new Failure(what(), code, exitCode, why, remedy, otherRemedy, cause);
    }

    public int exitCode() {
        return exitCode;
    }

    /** Prints the four lines. */
    public void print(PrintWriter err) {
        err.println("error: " + oneLine(what()) + " (" + code + ")");
        err.println("cause: " + oneLine(why));
        err.println("try:   " + oneLine(remedy));
        err.println("   or: " + oneLine(otherRemedy));
        err.flush();
    }

    private String what() {
        return String.valueOf(getMessage());
    }

    /** Nothing foreign breaks the four lines or reaches the terminal as a control sequence. */
    private static String oneLine(String text) {
        return Printable.of(text);
    }
}
