package dev.p2p.cli.filter;

/** A filter that cannot be understood, with the place. */
public final class FilterException extends Exception {

    private static final long serialVersionUID = 1L;

    private final int position;

    FilterException(int position, String message) {
        super(message);
        this.position = position;
    }

    /** The character where it went wrong, counted from 1. */
    public int position() {
        return position;
    }
}
