package dev.p2p.cli.peers;

import dev.p2p.api.store.PeerStoreProvider.Access;
import dev.p2p.api.store.StoreStats;
import dev.p2p.cli.listing.Collected;
import dev.p2p.cli.option.Surroundings;
import dev.p2p.cli.output.ExitCode;
import dev.p2p.cli.output.Json;
import dev.p2p.cli.output.OutputFormat;
import dev.p2p.cli.output.Printable;
import dev.p2p.cli.output.Units;
import dev.p2p.cli.peerdata.PeerRow;
import dev.p2p.cli.peerdata.PeerSource;
import dev.p2p.cli.target.PeerVerb;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/** {@code p2p peers stats}: the known peers in numbers. */
@Command(name = "stats", description = "Counts the known peers by state, age, network and source.")
final class PeersStatsCommand extends PeerVerb {

    PeersStatsCommand(Surroundings around) {
        super(around);
    }

    @Override
    public Integer call() {
        try (PeerSource source = open(Access.READ_ONLY)) {
            List<PeerRow> rows = Collected.all(around.clock().instant(), source::peers);
            PeerCounts counts =
                    PeerCounts.of(rows, source.bans(), around.clock().instant());
            Optional<StoreStats> store = source.storeStats();
            if (common.output() == OutputFormat.JSON) {
                Map<String, Object> fields = fields(counts);
                store.ifPresent(stats -> fields.put("store", fields(stats)));
                Json.print(out(), "stats", fields);
            } else {
                print(counts);
                store.ifPresent(stats -> out().println("store      " + Units.bytes(stats.bytes()) + ", schema "
                        + stats.schema() + ", about " + stats.approximateEvents() + " events" + perPeer(stats)));
            }
        }
        return ExitCode.OK;
    }

    private static Map<String, Object> fields(PeerCounts counts) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("known", counts.known());
        fields.put("addresses", counts.addresses());
        fields.put("states", counts.states());
        fields.put("ages", counts.ages());
        fields.put("scopes", counts.scopes());
        fields.put("sources", counts.sources());
        fields.put("network_groups", counts.groups());
        fields.put("largest_group", counts.largestGroup());
        fields.put("largest_group_addresses", counts.largestGroupAddresses());
        fields.put("bans", counts.bans());
        fields.put("banned_ranges", counts.bannedRanges());
        return fields;
    }

    private static Map<String, Object> fields(StoreStats stats) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("schema", stats.schema());
        fields.put("bytes", stats.bytes());
        fields.put("approximate_peers", stats.approximatePeers());
        fields.put("approximate_events", stats.approximateEvents());
        fields.put("details", stats.details());
        return fields;
    }

    private static String perPeer(StoreStats stats) {
        return stats.approximatePeers() == 0 ? "" : ", about " + stats.bytes() / stats.approximatePeers() + " B/peer";
    }

    private void print(PeerCounts counts) {
        out().println("known      " + counts.known() + " peers, " + counts.addresses() + " addresses");
        out().println("states     " + text(counts.states()));
        out().println("last sign  " + text(counts.ages()));
        out().println("scopes     " + text(counts.scopes()));
        out().println("sources    " + text(counts.sources()));
        String largest = counts.groups() == 0
                ? ""
                : ", largest " + Printable.of(counts.largestGroup()) + " with " + counts.largestGroupAddresses();
        out().println("networks   " + counts.groups() + " groups" + largest);
        out().println("bans       " + counts.bans() + " peers, " + counts.bannedRanges() + " ranges");
    }

    private static String text(Map<String, Integer> counts) {
        String text = counts.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining("   "));
        return text.isEmpty() ? "-" : text;
    }
}
