package dev.p2p.cli.peers;

import dev.p2p.api.store.AddressRecord;
import dev.p2p.api.store.PeerFilter;
import dev.p2p.api.store.PeerRecord;
import dev.p2p.api.store.PeerStore;
import dev.p2p.api.store.PeerStoreException;
import dev.p2p.api.store.PeerStoreProvider.Access;
import dev.p2p.api.store.Source;
import dev.p2p.cli.option.CommonOptions;
import dev.p2p.cli.option.StoreFailures;
import dev.p2p.cli.output.Json;
import dev.p2p.cli.output.OutputFormat;
import dev.p2p.cli.output.Table;
import dev.p2p.cli.output.Units;
import dev.p2p.cli.plugin.Plugins;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code p2p peers list}: reads a node's store without changing it. */
@Command(name = "list", description = "Lists the peers in a node's store.")
final class PeersListCommand implements Runnable {

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = "--db",
            required = true,
            paramLabel = "DIR",
            description = "the store's folder; a node keeps it in HOME/data/peers")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private Path folder;

    @Option(names = "--store", paramLabel = "KIND", description = "the kind of store; default ${DEFAULT-VALUE}")
    private String kind = "rocksdb";

    @Option(names = "--limit", paramLabel = "N", description = "at most so many; 0 for all; default ${DEFAULT-VALUE}")
    private int limit = 100;

    @Override
    public void run() {
        List<PeerRecord> shown = new ArrayList<>();
        long total = read(shown);
        PrintWriter out = spec.commandLine().getOut();
        if (common.output() == OutputFormat.JSON) {
            Json.printList(
                    out, "peers", shown.stream().map(PeersListCommand::fields).toList());
        } else {
            table(shown, Instant.now()).print(out);
        }
        if (common.output() == OutputFormat.TABLE) {
            String all = total > shown.size() ? " (use --limit 0 for all)" : "";
            out.println(shown.size() + " of " + total + " shown" + all);
        }
    }

    private long read(List<PeerRecord> shown) {
        long total = 0;
        try (PeerStore store =
                        Plugins.load(common.plugins()).stores().require(kind).open(folder, Access.READ_ONLY);
                PeerStore.Scan scan = store.scan(PeerFilter.ALL)) {
            Optional<PeerRecord> peer = scan.next();
            while (peer.isPresent()) {
                if (limit == 0 || shown.size() < limit) {
                    shown.add(peer.get());
                }
                total++;
                peer = scan.next();
            }
        } catch (PeerStoreException e) {
            throw StoreFailures.of(folder, e);
        }
        return total;
    }

    private static Table table(List<PeerRecord> peers, Instant now) {
        Table table = new Table("PEER", "ADDRESS", "STATE", "CONNECTED", "FAILED", "SOURCE");
        for (PeerRecord peer : peers) {
            Optional<AddressRecord> best = best(peer);
            table.row(
                    peer.id().shortText(),
                    best.map(record -> place(record)).orElse("-"),
                    state(peer, now),
                    peer.lastConnected().map(then -> Units.ago(then, now)).orElse("-"),
                    best.map(record -> String.valueOf(record.failures())).orElse("-"),
                    best.map(record -> source(record.source())).orElse("-"));
        }
        return table;
    }

    private static Map<String, Object> fields(PeerRecord peer) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", peer.id().toString());
        fields.put("state", state(peer, Instant.now()));
        fields.put(
                "addresses",
                peer.addresses().stream().map(PeersListCommand::fields).toList());
        fields.put("reputation", peer.reputation());
        peer.lastConnected().ifPresent(then -> fields.put("last_connected", then.toString()));
        peer.ban().ifPresent(mark -> fields.put("banned_until", mark.until().toString()));
        peer.ban().ifPresent(mark -> fields.put("ban_reason", mark.reason()));
        peer.incompatible()
                .ifPresent(mark -> fields.put("incompatible_until", mark.until().toString()));
        peer.incompatible().ifPresent(mark -> fields.put("incompatible_reason", mark.reason()));
        return fields;
    }

    private static Map<String, Object> fields(AddressRecord record) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("address", record.address().toString());
        fields.put("source", source(record.source()));
        fields.put("first_seen", record.firstSeen().toString());
        record.lastSuccess().ifPresent(then -> fields.put("last_success", then.toString()));
        fields.put("failures", record.failures());
        record.nextAttempt().ifPresent(then -> fields.put("next_attempt", then.toString()));
        return fields;
    }

    private static Optional<AddressRecord> best(PeerRecord peer) {
        return peer.addresses().stream()
                .max(Comparator.comparing(
                                (AddressRecord record) -> record.lastSuccess().orElse(Instant.MIN))
                        .thenComparing(record -> -record.failures()));
    }

    private static String place(AddressRecord record) {
        String text = record.address().toString();
        return text.substring(text.indexOf('@') + 1);
    }

    private static String state(PeerRecord peer, Instant now) {
        if (peer.ban().filter(mark -> mark.holdsAt(now)).isPresent()) {
            return "banned";
        }
        if (peer.incompatible().filter(mark -> mark.holdsAt(now)).isPresent()) {
            return "incompatible";
        }
        boolean waits = peer.addresses().stream()
                .allMatch(record -> record.nextAttempt().filter(now::isBefore).isPresent());
        boolean verified = peer.addresses().stream()
                .anyMatch(record -> record.lastSuccess().isPresent());
        if (peer.addresses().isEmpty()) {
            return "no-address";
        }
        return waits ? "cooling" : verified ? "verified" : "untried";
    }

    private static String source(Source source) {
        return switch (source) {
            case Source.Configured _ -> "config";
            case Source.Operator _ -> "operator";
            case Source.SelfReported _ -> "self";
            case Source.Exchange(var peer) -> "pex:" + peer.shortText();
        };
    }
}
