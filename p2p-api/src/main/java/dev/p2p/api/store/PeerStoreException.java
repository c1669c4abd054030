package dev.p2p.api.store;

import java.io.IOException;

/** A store could not do what was asked, with the problem in a form that programs can act on. */
public final class PeerStoreException extends IOException {

    private static final long serialVersionUID = 1L;

    /** What can go wrong. */
    public enum Problem {
        /** There is no store in that folder. */
        NOT_FOUND,
        /** Another process has it open. */
        LOCKED,
        /** What is on disk cannot be read. */
        DAMAGED,
        /** A newer version of the platform wrote it. */
        WRONG_VERSION,
        /** The folder cannot be read or written. */
        NOT_PERMITTED,
        /** The disk or the file system failed, or is full. */
        IO
    }

    private final Problem problem;

    public PeerStoreException(Problem problem, String message) {
        super(message);
        this.problem = problem;
    }

    public PeerStoreException(Problem problem, String message, Throwable cause) {
        super(message, cause);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
