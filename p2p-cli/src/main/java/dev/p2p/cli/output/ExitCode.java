package dev.p2p.cli.output;

/** The program's exit codes. They are documented and do not change. */
public final class ExitCode {

    public static final int OK = 0;
    public static final int FAILED = 1;
    public static final int USAGE = 2;
    public static final int NOT_FOUND = 3;
    public static final int NO_ANSWER = 4;
    public static final int REFUSED = 5;
    public static final int WRONG_IDENTITY = 6;
    public static final int STORE = 7;
    public static final int NOT_PERMITTED = 8;
    public static final int PARTLY = 9;
    public static final int BAD_CONFIGURATION = 10;

    /** What a shell reports of a program that SIGPIPE ended: whoever read its output has gone. */
    public static final int READER_GONE = 141;

    private ExitCode() {}
}
