package dev.p2p.cli.json;

/** A JSON text is not what it should be. The message names the place. */
public final class JsonProblem extends Exception {

    private static final long serialVersionUID = 1L;

    public JsonProblem(String message) {
        super(message);
    }

    public JsonProblem(String message, Throwable cause) {
        super(message, cause);
    }
}
