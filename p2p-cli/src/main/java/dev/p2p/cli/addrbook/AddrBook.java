package dev.p2p.cli.addrbook;

import dev.p2p.api.HostPort;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.cli.exchange.Batch;
import dev.p2p.cli.json.Fields;
import dev.p2p.cli.json.JsonElements;
import dev.p2p.cli.json.JsonLimits;
import dev.p2p.cli.json.JsonProblem;
import dev.p2p.cli.json.JsonTree;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * CometBFT's address book, {@code addrbook.json} (written by {@code saveToFile} in its {@code p2p/pex/file.go}): one object with
 * a {@code key} and the list {@code addrs}. CometBFT stops with a panic when the file is damaged; here every bad entry is named
 * and costs only itself.
 */
public final class AddrBook {

    /** Go's zero time: never. */
    private static final Instant NEVER = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant EARLIEST = Instant.EPOCH;
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");
    private static final int NEW = 1;
    private static final int OLD = 2;

    private final List<BookEntry> entries = new ArrayList<>();
    private final List<Batch.Problem> problems = new ArrayList<>();
    private final Map<NodeAddress, Integer> places = new HashMap<>();
    private String key = "";

    private AddrBook() {}

    /**
     * Reads a book.
     *
     * @throws JsonProblem if it is no address book at all
     */
    public static AddrBook parse(String text) throws JsonProblem {
        AddrBook book = new AddrBook();
        JsonElements.Cut cut = JsonElements.cut(text, "addrs", "addr");
        for (JsonElements.Element element : cut.elements()) {
            book.add(element);
        }
        if (!cut.complete()) {
            book.problems.add(new Batch.Problem("the end", "the list does not end; the file is cut off"));
        }
        book.readKey(cut);
        return book;
    }

    /** The secret from which CometBFT chooses buckets; empty if there is none. */
    public String key() {
        return key;
    }

    /** The good entries. */
    public List<BookEntry> entries() {
        return entries;
    }

    /** What is wrong, entry by entry. */
    public List<Batch.Problem> problems() {
        return problems;
    }

    private void readKey(JsonElements.Cut cut) {
        try {
            key = JsonTree.object(cut.rest(), JsonLimits.ENTRY).text("key");
        } catch (JsonProblem e) {
            problems.add(new Batch.Problem("the book around the entries", String.valueOf(e.getMessage())));
        }
    }

    private void add(JsonElements.Element element) {
        String place = "entry " + element.number() + " (line " + element.line() + ")";
        try {
            if (!element.problem().isEmpty()) {
                throw new JsonProblem(element.problem());
            }
            BookEntry entry = entry(element.number(), JsonTree.object(element.text(), JsonLimits.ENTRY));
            Integer earlier = places.putIfAbsent(entry.address(), entry.number());
            if (earlier != null) {
                throw new JsonProblem("it repeats entry " + earlier);
            }
            entries.add(entry);
        } catch (JsonProblem e) {
            problems.add(new Batch.Problem(place, String.valueOf(e.getMessage())));
        }
    }

    private static BookEntry entry(int number, Fields fields) throws JsonProblem {
        int type = (int) fields.integer("bucket_type", NEW, OLD);
        int count = type == OLD ? BookEntry.OLD_BUCKETS : BookEntry.NEW_BUCKETS;
        List<Integer> buckets = new ArrayList<>();
        for (long bucket : fields.integers("buckets")) {
            if (bucket < 0 || bucket >= count) {
                throw fields.problem("buckets", "there is no bucket " + bucket + "; CometBFT would not start with it");
            }
            buckets.add((int) bucket);
        }
        return new BookEntry(
                number,
                address(fields.object("addr")),
                address(fields.object("src")),
                type == OLD,
                buckets,
                (int) fields.integer("attempts", 0, Integer.MAX_VALUE, 0),
                time(fields, "last_attempt"),
                time(fields, "last_success"),
                time(fields, "last_ban_time"));
    }

    /** {@code NetAddress} of {@code p2p/netaddress.go}. */
    private static NodeAddress address(Fields fields) throws JsonProblem {
        NodeId id;
        try {
            id = NodeId.parse(fields.text("id"));
        } catch (IllegalArgumentException e) {
            throw fields.problem("id", e);
        }
        int port = (int) fields.integer("port", 1, HostPort.MAX_PORT);
        HostPort place;
        try {
            place = new HostPort(fields.text("ip"), port);
        } catch (IllegalArgumentException e) {
            throw fields.problem("ip", e);
        }
        if (place.ip().isEmpty()) {
            throw fields.problem("ip", "it is no IP address");
        }
        return NodeAddress.of(id, place);
    }

    private static Optional<Instant> time(Fields fields, String name) throws JsonProblem {
        Optional<Instant> time = fields.time(name).filter(then -> !then.equals(NEVER));
        if (time.filter(then -> then.isBefore(EARLIEST) || then.isAfter(LATEST)).isPresent()) {
            throw fields.problem(name, "it is not between 1970 and 9999");
        }
        return time.map(then -> then.truncatedTo(ChronoUnit.MILLIS));
    }
}
