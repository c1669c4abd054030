package dev.p2p.cli.filter;

/** What kind of value a field holds, and so with what it can be compared. */
public enum FieldKind {
    /** A text. */
    TEXT,
    /** A node identity; a text of at least four hex digits matches as a beginning. */
    IDENTITY,
    /** A number. */
    NUMBER,
    /** A number of bytes, or of bytes a second. */
    BYTES,
    /** An instant. */
    TIME,
    /** True or false. */
    FLAG,
    /** A list or an object; it can only be shown. */
    NESTED
}
