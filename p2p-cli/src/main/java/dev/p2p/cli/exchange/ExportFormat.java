package dev.p2p.cli.exchange;

/** How peers are written to a file. */
public enum ExportFormat {
    /** One record a line, complete. */
    JSONL,
    /** One object with all records, complete. */
    JSON,
    /** One peer a line for spreadsheets, complete but for who told of an address and when. */
    CSV,
    /** CometBFT's address book: one address a peer. */
    ADDRBOOK
}
