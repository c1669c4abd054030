package dev.p2p.cli.peerdata;

import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.api.store.AddressRecord;
import dev.p2p.api.store.Mark;
import dev.p2p.api.store.PeerRecord;
import dev.p2p.cli.json.Fields;
import dev.p2p.cli.json.JsonProblem;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Records as JSON and back: in exports, over the control socket and in results, always with the same names. What is read is
 * foreign: every value is checked, and a {@link JsonProblem} names the one that is wrong.
 */
public final class PeerJson {

    /** The longest word of a reason. */
    private static final int MAX_REASON = 200;

    private static final double MAX_REPUTATION = 1e6;

    /** Instants of machines lie between these; what is outside is damage. */
    private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private PeerJson() {}

    /** A record in full. */
    public static Map<String, Object> record(PeerRecord peer) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", peer.id().toString());
        fields.put("addresses", peer.addresses().stream().map(PeerJson::address).toList());
        fields.put("reputation", peer.reputation());
        fields.put("reputation_at", peer.reputationAt().toString());
        peer.lastConnected().ifPresent(then -> fields.put("last_connected", then.toString()));
        peer.ban().ifPresent(mark -> mark(fields, "banned_until", "ban_reason", mark));
        peer.incompatible().ifPresent(mark -> mark(fields, "incompatible_until", "incompatible_reason", mark));
        if (!peer.flags().isEmpty()) {
            fields.put("wanted", PeerFlags.words(peer.flags()));
        }
        return fields;
    }

    /** An address of a record. */
    public static Map<String, Object> address(AddressRecord record) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("address", record.address().toString());
        fields.put("source", SourceText.of(record.source()));
        fields.put("first_seen", record.firstSeen().toString());
        record.lastSuccess().ifPresent(then -> fields.put("last_success", then.toString()));
        fields.put("failures", record.failures());
        record.nextAttempt().ifPresent(then -> fields.put("next_attempt", then.toString()));
        record.expires().ifPresent(then -> fields.put("expires", then.toString()));
        return fields;
    }

    /** Reads a record. Names that it does not know are passed over. */
    public static PeerRecord record(Fields fields) throws JsonProblem {
        NodeId id = id(fields, "id");
        List<AddressRecord> addresses = new ArrayList<>();
        for (Fields address : fields.objects("addresses")) {
            addresses.add(address(address));
        }
        double reputation = fields.real("reputation", 0);
        if (Math.abs(reputation) > MAX_REPUTATION) {
            throw fields.problem("reputation", "it is out of range");
        }
        try {
            return new PeerRecord(
                    id,
                    AddressRecord.withoutRepeats(addresses),
                    reputation,
                    time(fields, "reputation_at").orElse(EARLIEST),
                    time(fields, "last_connected"),
                    mark(fields, "banned_until", "ban_reason"),
                    mark(fields, "incompatible_until", "incompatible_reason"),
                    PeerFlags.parse(fields.texts("wanted")));
        } catch (IllegalArgumentException e) {
            throw new JsonProblem(String.valueOf(e.getMessage()), e);
        }
    }

    /** Reads an identity. */
    public static NodeId id(Fields fields, String name) throws JsonProblem {
        try {
            return NodeId.parse(fields.text(name));
        } catch (IllegalArgumentException e) {
            throw fields.problem(name, e);
        }
    }

    /** Reads an instant of a sensible century, to the millisecond. */
    public static Optional<Instant> time(Fields fields, String name) throws JsonProblem {
        Optional<Instant> time = fields.time(name).map(then -> then.truncatedTo(ChronoUnit.MILLIS));
        if (time.filter(then -> then.isBefore(EARLIEST) || then.isAfter(LATEST)).isPresent()) {
            throw fields.problem(name, "it is not between 1970 and 9999");
        }
        return time;
    }

    /** Where an address leads, without the identity. */
    public static String place(NodeAddress address) {
        String text = address.toString();
        return text.substring(text.indexOf('@') + 1);
    }

    private static AddressRecord address(Fields fields) throws JsonProblem {
        try {
            return new AddressRecord(
                    NodeAddress.parse(fields.text("address")),
                    SourceText.parse(fields.optionalText("source").orElse("operator")),
                    time(fields, "first_seen").orElse(EARLIEST),
                    time(fields, "last_success"),
                    (int) fields.integer("failures", 0, Integer.MAX_VALUE, 0),
                    time(fields, "next_attempt"),
                    time(fields, "expires"));
        } catch (IllegalArgumentException e) {
            throw fields.problem("address", e);
        }
    }

    private static void mark(Map<String, Object> fields, String until, String reason, Mark mark) {
        fields.put(until, mark.until().toString());
        fields.put(reason, mark.reason());
    }

    private static Optional<Mark> mark(Fields fields, String until, String reason) throws JsonProblem {
        Optional<Instant> end = time(fields, until);
        if (end.isEmpty()) {
            return Optional.empty();
        }
        String word = fields.optionalText(reason).orElse("");
        if (word.length() > MAX_REASON) {
            throw fields.problem(reason, "it has more than " + MAX_REASON + " characters");
        }
        return Optional.of(new Mark(end.get(), word));
    }
}
