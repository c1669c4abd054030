package dev.p2p.cli.target;

import dev.p2p.api.NodeId;
import dev.p2p.api.store.AddressRecord;
import dev.p2p.api.store.Mark;
import dev.p2p.cli.output.Units;
import dev.p2p.cli.peerdata.PeerEvent;
import dev.p2p.cli.peerdata.PeerExplanation;
import dev.p2p.cli.peerdata.PeerRow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Why a peer stands where it stands, as far as a store remembers; what happens next happens when a node runs on it. */
final class StoredExplanation {

    private StoredExplanation() {}

    static PeerExplanation of(NodeId id, Optional<PeerRow> peer, List<PeerEvent> events, Instant now) {
        if (peer.isEmpty()) {
            return new PeerExplanation(
                    id,
                    "unknown",
                    "nobody told of it, and it never connected",
                    "",
                    Optional.empty(),
                    List.of(),
                    events);
        }
        PeerRow row = peer.get();
        String state = row.state(now);
        return new PeerExplanation(
                id, state, why(row, state, now), next(state), nextAt(row, state), score(row, now), events);
    }

    private static String why(PeerRow row, String state, Instant now) {
        return switch (state) {
            case "banned" ->
                "it was banned: " + row.record().ban().map(Mark::reason).orElse("");
            case "incompatible" ->
                "the two nodes do not fit: "
                        + row.record().incompatible().map(Mark::reason).orElse("");
            case "no-address" -> "no address of it is known, so it can only come by itself";
            case "backing-off" ->
                failures(row) == 0 ? "it rests; no dial of its best address failed" + since(row, now) : failed(row);
            case "unreached" -> "it was never reached: " + failed(row);
            case "verified" ->
                "a connection was made to it "
                        + reached(row, now).orElse("once")
                        + (failures(row) == 0 ? ", and nothing stands against it" : "; " + failed(row));
            default ->
                row.record()
                        .lastConnected()
                        .map(then -> "it connected " + Units.ago(then, now)
                                + ", and none of its known addresses was ever dialed")
                        .orElse("it was heard of and never dialed");
        };
    }

    private static int failures(PeerRow row) {
        return row.best().map(AddressRecord::failures).orElse(0);
    }

    private static String failed(PeerRow row) {
        int failures = failures(row);
        return failures == 1
                ? "the last dial of its best address failed"
                : "the last " + failures + " dials of its best address failed";
    }

    private static Optional<String> reached(PeerRow row, Instant now) {
        return row.best().flatMap(AddressRecord::lastSuccess).map(then -> Units.ago(then, now));
    }

    private static String since(PeerRow row, Instant now) {
        return reached(row, now).map(ago -> " since it was reached " + ago).orElse("");
    }

    private static String next(String state) {
        return switch (state) {
            case "banned" -> "the ban ends; until then it is neither dialed nor admitted nor told of";
            case "incompatible" -> "the mark ends; until then it is not dialed";
            case "no-address" -> "";
            case "backing-off" -> "it may be dialed again by a node that runs on this store";
            default -> "a node that runs on this store dials it when a slot is free";
        };
    }

    private static Optional<Instant> nextAt(PeerRow row, String state) {
        return switch (state) {
            case "banned" -> row.record().ban().map(Mark::until);
            case "incompatible" -> row.record().incompatible().map(Mark::until);
            case "backing-off" ->
                row.record().addresses().stream()
                        .flatMap(address -> address.nextAttempt().stream())
                        .min(Instant::compareTo);
            default -> Optional.empty();
        };
    }

    private static List<String> score(PeerRow row, Instant now) {
        return List.of(String.format(
                Locale.ROOT,
                "reputation %.1f: %.1f stored %s ago, half of it fades in an hour",
                row.score(now) + 0.0,
                row.record().reputation(),
                Units.duration(Duration.between(row.record().reputationAt(), now))));
    }
}
