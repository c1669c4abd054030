package dev.p2p.cli.status;

import dev.p2p.cli.output.Tone;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Whether a node does what it is for, by what it tells of itself; every doubt has a name.
 *
 * @param reasons what is wrong, worst first; empty if nothing is
 */
record Health(List<Reason> reasons) {

    /** A queue this full is about to drop or to pause its peer. */
    private static final double NEARLY_FULL = 0.9;

    /**
     * One doubt.
     *
     * @param critical whether the node fails in what it is for; else it is at risk
     * @param code its stable name
     * @param text what that means here
     */
    record Reason(boolean critical, String code, String text) {}

    static Health of(NodeFacts node) {
        List<Reason> reasons = new ArrayList<>();
        StoreFacts store = node.store();
        if (node.connected() == 0) {
            reasons.add(new Reason(true, "ISOLATED", "no peer is connected"));
        }
        if (!store.failure().isEmpty()) {
            reasons.add(new Reason(true, "STORE-FAILING", "the store takes no changes: " + store.failure()));
        }
        if (node.connected() > 0 && node.lacksOutbound()) {
            reasons.add(new Reason(
                    false, "NO-OUTBOUND", "every peer came by itself; whoever surrounds this node rules what it sees"));
        }
        if (node.absent() > 0) {
            reasons.add(new Reason(false, "PERSISTENT-ABSENT", "wanted and not connected: " + node.absent()));
        }
        if (store.dropped() > 0) {
            reasons.add(new Reason(
                    false, "STORE-LOSSES", "changes that were lost before they were stored: " + store.dropped()));
        }
        node.traffic()
                .fullest()
                .filter(queue -> queue.fullness() >= NEARLY_FULL)
                .ifPresent(queue -> reasons.add(new Reason(false, "QUEUE-FULL", queue.text())));
        return new Health(List.copyOf(reasons));
    }

    String verdict() {
        return reasons.isEmpty() ? "OK" : reasons.stream().anyMatch(Reason::critical) ? "CRITICAL" : "WARNING";
    }

    Tone tone() {
        return switch (verdict()) {
            case "OK" -> Tone.GOOD;
            case "CRITICAL" -> Tone.BAD;
            default -> Tone.ATTENTION;
        };
    }

    String text() {
        return reasons.stream()
                .map(reason -> reason.code() + ": " + reason.text())
                .collect(Collectors.joining("   "));
    }

    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("verdict", verdict());
        fields.put("reasons", reasons.stream().map(Health::fields).toList());
        return fields;
    }

    private static Map<String, Object> fields(Reason reason) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("critical", reason.critical());
        fields.put("code", reason.code());
        fields.put("text", reason.text());
        return fields;
    }
}
