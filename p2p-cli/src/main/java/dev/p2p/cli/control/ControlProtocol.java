package dev.p2p.cli.control;

import dev.p2p.cli.json.JsonLimits;

/** The numbers of the control protocol; {@code docs/control.md} tells the rest. */
final class ControlProtocol {

    /** Raised when a field or method changes its meaning. New fields and methods do not raise it. */
    static final int VERSION = 1;

    /** The longest request, line end included: one entry of a file, of the largest size that is read, and more. */
    static final int MAX_REQUEST_BYTES = 256 * 1_024;

    /** The longest line of an answer. */
    static final int MAX_ANSWER_BYTES = 1_024 * 1_024;

    /** What a request may hold. */
    static final JsonLimits REQUEST = new JsonLimits(MAX_REQUEST_BYTES, 8, 16_384);

    /** What a line of an answer may hold. */
    static final JsonLimits ANSWER = new JsonLimits(MAX_ANSWER_BYTES, 16, 20_000);

    private ControlProtocol() {}
}
