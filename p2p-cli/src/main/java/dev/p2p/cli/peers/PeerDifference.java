package dev.p2p.cli.peers;

import dev.p2p.api.NodeId;
import dev.p2p.api.store.AddressRecord;
import dev.p2p.api.store.Mark;
import dev.p2p.api.store.PeerRecord;
import dev.p2p.cli.filter.FieldKind;
import dev.p2p.cli.listing.Column;
import dev.p2p.cli.listing.Listing;
import dev.p2p.cli.output.Tone;
import dev.p2p.cli.peerdata.PeerFlags;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How a peer differs between two times.
 *
 * @param id the peer
 * @param change {@code added}, {@code removed} or {@code changed}
 * @param what the parts that differ
 */
record PeerDifference(NodeId id, String change, List<String> what) {

    private static final List<String> SHOWN = List.of("id", "change", "what");

    /** Differences as a listing. */
    static final Listing<PeerDifference> LISTING = new Listing<>(
            "differences",
            List.of(
                    Column.<PeerDifference>of(
                                    "id", FieldKind.IDENTITY, row -> row.id().toString())
                            .titled("PEER"),
                    Column.of("change", FieldKind.TEXT, PeerDifference::change)
                            .shownAs((value, now, full) -> sign(value) + value)
                            .toned(PeerDifference::tone),
                    Column.of("what", FieldKind.NESTED, PeerDifference::what)),
            SHOWN,
            SHOWN);

    /** What differs, in the order of the identities. */
    static List<PeerDifference> between(List<PeerRecord> before, List<PeerRecord> after) {
        Map<NodeId, PeerRecord> old = byId(before);
        Map<NodeId, PeerRecord> young = byId(after);
        Map<NodeId, PeerDifference> differences = new TreeMap<>();
        old.forEach((id, peer) -> {
            PeerRecord now = young.get(id);
            if (now == null) {
                differences.put(id, new PeerDifference(id, "removed", List.of()));
            } else if (!peer.equals(now)) {
                differences.put(id, new PeerDifference(id, "changed", parts(peer, now)));
            }
        });
        young.forEach((id, peer) -> {
            if (!old.containsKey(id)) {
                differences.put(id, new PeerDifference(id, "added", List.of()));
            }
        });
        return List.copyOf(differences.values());
    }

    private static Map<NodeId, PeerRecord> byId(List<PeerRecord> peers) {
        Map<NodeId, PeerRecord> map = new TreeMap<>();
        peers.forEach(peer -> map.put(peer.id(), peer));
        return map;
    }

    private static List<String> parts(PeerRecord before, PeerRecord after) {
        List<String> parts = new ArrayList<>();
        Set<String> old = addresses(before);
        Set<String> young = addresses(after);
        young.stream().filter(address -> !old.contains(address)).forEach(address -> parts.add("+" + address));
        old.stream().filter(address -> !young.contains(address)).forEach(address -> parts.add("-" + address));
        if (old.equals(young) && !before.addresses().equals(after.addresses())) {
            parts.add("dial-results");
        }
        if (before.reputation() != after.reputation()) {
            parts.add("score:" + before.reputation() + "→" + after.reputation());
        } else if (!before.reputationAt().equals(after.reputationAt())) {
            parts.add("score-time");
        }
        if (!before.lastConnected().equals(after.lastConnected())) {
            parts.add("last-connected");
        }
        if (!before.ban().equals(after.ban())) {
            parts.add("ban:" + mark(before.ban()) + "→" + mark(after.ban()));
        }
        if (!before.incompatible().equals(after.incompatible())) {
            parts.add("incompatible:" + mark(before.incompatible()) + "→" + mark(after.incompatible()));
        }
        if (!before.flags().equals(after.flags())) {
            parts.add("flags:" + PeerFlags.words(before.flags()) + "→" + PeerFlags.words(after.flags()));
        }
        return parts;
    }

    private static Set<String> addresses(PeerRecord peer) {
        return peer.addresses().stream()
                .map(AddressRecord::address)
                .map(Object::toString)
                .collect(Collectors.toSet());
    }

    private static String mark(Optional<Mark> mark) {
        return mark.map(m -> m.until().toString()).orElse("none");
    }

    private static String sign(Object change) {
        return switch (change.toString()) {
            case "added" -> "+ ";
            case "removed" -> "- ";
            default -> "~ ";
        };
    }

    private static Tone tone(Object change) {
        return switch (change.toString()) {
            case "added" -> Tone.GOOD;
            case "removed" -> Tone.BAD;
            default -> Tone.ATTENTION;
        };
    }
}
