package dev.p2p.cli.output;

/** How results are printed. Every listing knows all of them; other commands know {@link #TABLE} and {@link #JSON}. */
public enum OutputFormat {
    /** Columns for people. */
    TABLE,
    /** More columns, and identities in full. */
    WIDE,
    /** One JSON object for programs. */
    JSON,
    /** One JSON object a line. */
    JSONL,
    /** Comma-separated values with a header (RFC 4180). */
    CSV,
    /** The names only, one a line, for pipes. */
    NAME
}
