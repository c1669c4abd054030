package dev.p2p.cli.addrbook;

import dev.p2p.api.HostPort;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.api.store.AddressRecord;
import dev.p2p.api.store.PeerRecord;
import dev.p2p.api.store.Source;
import dev.p2p.cli.output.Json;
import java.io.IOException;
import java.io.Writer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes an address book that CometBFT reads. It holds one address a peer, since CometBFT keeps its entries by identity, and IP
 * addresses only. Buckets are filled evenly: CometBFT takes the numbers as they stand and keys its own choice anew at every start
 * ({@code loadFromFile} in {@code p2p/pex/file.go}).
 */
public final class AddrBookExport {

    private static final String NEVER = "0001-01-01T00:00:00Z";

    /** Addresses in a bucket ({@code newBucketSize} and {@code oldBucketSize} in {@code p2p/pex/params.go}). */
    private static final int BUCKET_SIZE = 64;

    private static final int KEY_BYTES = 12;

    private final List<PeerRecord> peers;
    private final Map<NodeId, NodeAddress> best = new HashMap<>();
    private int withoutIp;
    private int overfull;

    private AddrBookExport(List<PeerRecord> peers) {
        this.peers = peers;
    }

    /** A book of these peers. */
    public static AddrBookExport of(List<PeerRecord> peers) {
        AddrBookExport export = new AddrBookExport(peers);
        for (PeerRecord peer : peers) {
            choose(peer)
                    .ifPresentOrElse(record -> export.best.put(peer.id(), record.address()), () -> export.withoutIp++);
        }
        return export;
    }

    /** A new secret for a book: 24 hex digits, as CometBFT makes it. */
    public static String newKey(SecureRandom random) {
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        return HexFormat.of().formatHex(key);
    }

    /** Writes the book, indented as CometBFT does. */
    public void write(Writer out, String key) throws IOException {
        out.write("{\n\t\"key\": " + Json.line(key) + ",\n\t\"addrs\": [");
        int news = 0;
        int olds = 0;
        boolean first = true;
        for (PeerRecord peer : peers) {
            Optional<AddressRecord> chosen = choose(peer);
            if (chosen.isEmpty()) {
                continue;
            }
            boolean old = chosen.get().lastSuccess().isPresent() && olds < BookEntry.OLD_BUCKETS * BUCKET_SIZE;
            if (!old && news == BookEntry.NEW_BUCKETS * BUCKET_SIZE) {
                overfull++;
                continue;
            }
            int bucket = old ? olds++ % BookEntry.OLD_BUCKETS : news++ % BookEntry.NEW_BUCKETS;
            out.write((first ? "\n\t\t" : ",\n\t\t") + Json.line(entry(peer, chosen.get(), old, bucket)));
            first = false;
        }
        out.write(first ? "]\n}\n" : "\n\t]\n}\n");
        out.flush();
    }

    /** What did not fit into the book. Complete after {@link #write}. */
    public List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        if (withoutIp > 0) {
            remarks.add("left out " + withoutIp + " peers without an IP address; a book holds no names");
        }
        if (overfull > 0) {
            remarks.add("left out " + overfull + " peers; a book has no more room");
        }
        return remarks;
    }

    private Map<String, Object> entry(PeerRecord peer, AddressRecord record, boolean old, int bucket) {
        NodeAddress told = record.source() instanceof Source.Exchange(var from)
                ? best.getOrDefault(from, withId(record.address(), from))
                : record.address();
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("addr", address(record.address()));
        entry.put("src", address(told));
        entry.put("buckets", List.of(bucket));
        entry.put("attempts", record.failures());
        entry.put("bucket_type", old ? 2 : 1);
        entry.put("last_attempt", record.firstSeen().toString());
        entry.put("last_success", record.lastSuccess().map(Instant::toString).orElse(NEVER));
        entry.put(
                "last_ban_time", peer.ban().map(mark -> mark.until().toString()).orElse(NEVER));
        return entry;
    }

    /** Where the one who told of it is, nobody knows any more; who it was, CometBFT only uses to group entries. */
    private static NodeAddress withId(NodeAddress place, NodeId id) {
        return NodeAddress.of(id, new HostPort(place.host(), place.port()));
    }

    private static Map<String, Object> address(NodeAddress address) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", address.id().toString());
        fields.put("ip", address.host());
        fields.put("port", address.port());
        return fields;
    }

    /** The address that worked last, or failed least. */
    private static Optional<AddressRecord> choose(PeerRecord peer) {
        return peer.addresses().stream()
                .filter(record -> record.address().protocol().equals(NodeAddress.DEFAULT_PROTOCOL))
                .filter(record ->
                        !record.address().host().isEmpty() && record.address().port() != 0)
                .filter(record -> new HostPort(
                                record.address().host(), record.address().port())
                        .ip()
                        .isPresent())
                .max(Comparator.comparing(
                                (AddressRecord record) -> record.lastSuccess().orElse(Instant.MIN))
                        .thenComparing(record -> -record.failures()));
    }
}
