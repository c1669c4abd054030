package dev.p2p.cli.peerdata;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What came of an order.
 *
 * @param subject whom it was about
 * @param status what happened
 * @param text for people, such as {@code banned until 2026-08-31T13:20:00Z}
 */
public record Outcome(String subject, Status status, String text) {

    /** What can happen. */
    public enum Status {
        /** It was done, or would be in a dry run. */
        DONE,
        /** Nothing was to be done. */
        UNCHANGED,
        /** There is no such peer. */
        NOT_FOUND,
        /** It cannot be done. */
        REFUSED
    }

    public boolean good() {
        return status == Status.DONE || status == Status.UNCHANGED;
    }

    /** For programs. */
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("subject", subject);
        fields.put("status", status.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        fields.put("text", text);
        return fields;
    }
}
