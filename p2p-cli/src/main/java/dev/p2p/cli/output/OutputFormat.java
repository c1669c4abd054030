package dev.p2p.cli.output;

/** How results are printed. */
public enum OutputFormat {
    /** Columns for people. */
    TABLE,
    /** One JSON object for programs. */
    JSON
}
