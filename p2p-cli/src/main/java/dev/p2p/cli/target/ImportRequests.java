package dev.p2p.cli.target;

import dev.p2p.cli.control.ControlClient;
import dev.p2p.cli.output.Failure;
import dev.p2p.cli.output.Json;
import dev.p2p.cli.peerdata.MemoryJson;
import dev.p2p.cli.peerdata.Taking;
import dev.p2p.cli.peerdata.Taking.Status;
import dev.p2p.router.control.MergeRule;
import dev.p2p.router.control.PeerMemory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Brings peers to a running node, as many in each request as fit. */
final class ImportRequests {

    /** One request's share of what a node reads at once, so that one peer of the largest size fits beside others. */
    private static final int MAX_BYTES = 96 * 1_024;

    private static final int MAX_PEERS = 100;

    private final ControlClient client;
    private final MergeRule rule;
    private final boolean dryRun;
    private final List<Taking> takings = new ArrayList<>();
    private final List<Map<String, Object>> waiting = new ArrayList<>();
    private int waitingBytes;

    ImportRequests(ControlClient client, MergeRule rule, boolean dryRun) {
        this.client = client;
        this.rule = rule;
        this.dryRun = dryRun;
    }

    /**
     * Brings them all.
     *
     * @throws Failure if the node refuses a request or is gone; it says how far it came
     */
    List<Taking> bring(List<PeerMemory> peers) {
        try {
            for (PeerMemory peer : peers) {
                add(peer);
            }
            send();
            return takings;
        } catch (Failure e) {
            throw dryRun ? e : halfway(e, peers.size());
        }
    }

    private void add(PeerMemory peer) {
        Map<String, Object> fields = MemoryJson.of(peer);
        int bytes = Json.line(fields).getBytes(StandardCharsets.UTF_8).length;
        if (bytes > ControlClient.MAX_PARAMETER_BYTES) {
            send();
            takings.add(new Taking(
                    peer.record().id(), Status.REFUSED, "it is larger than what a running node reads at once"));
            return;
        }
        if (waiting.size() == MAX_PEERS || waitingBytes + bytes > MAX_BYTES) {
            send();
        }
        waiting.add(fields);
        waitingBytes += bytes;
    }

    private void send() {
        if (waiting.isEmpty()) {
            return;
        }
        Map<String, Object> params = new LinkedHashMap<>();
        params.put("peers", List.copyOf(waiting));
        params.put("rule", rule.name().toLowerCase(Locale.ROOT));
        params.put("dry_run", dryRun);
        int expected = takings.size() + waiting.size();
        waiting.clear();
        waitingBytes = 0;
        client.ask("import", params, item -> takings.add(Taking.read(item)));
        if (takings.size() != expected) {
            throw client.senseless("it tells of " + takings.size() + " peers where it was given " + expected);
        }
    }

    private Failure halfway(Failure cause, int all) {
        long taken =
                takings.stream().filter(one -> one.status() != Status.REFUSED).count();
        return cause.adding(taken + " of " + all + " peers were taken in before that")
                .tryThis("the same command again: what is taken in already counts as unchanged");
    }
}
