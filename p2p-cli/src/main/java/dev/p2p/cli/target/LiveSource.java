package dev.p2p.cli.target;

import dev.p2p.api.NodeId;
import dev.p2p.api.store.HistoryEvent;
import dev.p2p.api.store.Mark;
import dev.p2p.api.store.StoreStats;
import dev.p2p.cli.control.ControlClient;
import dev.p2p.cli.json.Fields;
import dev.p2p.cli.json.JsonProblem;
import dev.p2p.cli.listing.Selection;
import dev.p2p.cli.peerdata.BanRow;
import dev.p2p.cli.peerdata.LiveJson;
import dev.p2p.cli.peerdata.OrderJson;
import dev.p2p.cli.peerdata.Outcome;
import dev.p2p.cli.peerdata.PeerEvent;
import dev.p2p.cli.peerdata.PeerExplanation;
import dev.p2p.cli.peerdata.PeerJson;
import dev.p2p.cli.peerdata.PeerOrder;
import dev.p2p.cli.peerdata.PeerRow;
import dev.p2p.cli.peerdata.PeerSource;
import dev.p2p.cli.peerdata.Taking;
import dev.p2p.router.control.MergeRule;
import dev.p2p.router.control.PeerMemory;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The peers of a running node. */
public final class LiveSource implements PeerSource {

    /** As many orders fit one request. */
    private static final int ORDERS_AT_ONCE = 100;

    private final ControlClient client;
    private final Path socket;
    private final NodeMemory memory;

    /**
     * A connected node.
     *
     * @param store where it keeps what it remembers, if that is known
     */
    LiveSource(ControlClient client, Path socket, Optional<StoreFolder> store) {
        this.client = client;
        this.socket = socket;
        this.memory = new NodeMemory(store);
    }

    @Override
    public String name() {
        String shortId = client.node().substring(0, Math.min(10, client.node().length()));
        return "live node " + shortId + " (unix:" + socket + ")";
    }

    @Override
    public boolean live() {
        return true;
    }

    @Override
    public long peers(Selection<PeerRow> selection) {
        client.ask("peers", Map.of(), item -> {
            selection.offer(LiveJson.row(item));
            return true;
        });
        return 0;
    }

    @Override
    public Optional<PeerRow> peer(NodeId id) {
        List<PeerRow> found = new ArrayList<>();
        client.ask("peer", Map.of("id", id.toString()), item -> found.add(LiveJson.row(item)));
        return found.stream().findFirst();
    }

    @Override
    public List<NodeId> beginningWith(String digits, int limit) {
        List<NodeId> found = new ArrayList<>();
        Map<String, Object> params = new LinkedHashMap<>();
        params.put("digits", digits);
        params.put("limit", limit);
        client.ask("find", params, item -> found.add(PeerJson.id(item, "id")));
        return found;
    }

    /** What the node decided, and before that what its store remembers. */
    @Override
    public List<PeerEvent> history(NodeId id, int limit) {
        List<PeerEvent> events = new ArrayList<>();
        Map<String, Object> params = new LinkedHashMap<>();
        params.put("id", id.toString());
        params.put("limit", limit);
        client.ask("history", params, item -> events.add(PeerEvent.read(item)));
        if (events.size() < limit) {
            Instant oldest = events.isEmpty() ? Instant.MAX : events.getLast().at();
            memory.past(id, limit - events.size()).stream()
                    .map(event -> PeerEvent.of(id, event))
                    .filter(event -> event.at().isBefore(oldest))
                    .forEach(events::add);
        }
        return events;
    }

    @Override
    public PeerExplanation explain(NodeId id) {
        List<PeerExplanation> found = new ArrayList<>();
        client.ask("explain", Map.of("id", id.toString()), item -> found.add(PeerExplanation.read(item)));
        return found.getFirst();
    }

    @Override
    public Optional<StoreStats> storeStats() {
        List<StoreStats> found = new ArrayList<>();
        client.ask("status", Map.of(), item -> {
            Fields store = item.object("store");
            if (store.has("schema")) {
                found.add(new StoreStats(
                        (int) store.integer("schema", 0, Integer.MAX_VALUE),
                        store.integer("peers", 0, Long.MAX_VALUE),
                        store.integer("events", 0, Long.MAX_VALUE),
                        store.integer("bytes", 0, Long.MAX_VALUE),
                        Map.of()));
            }
            return true;
        });
        return found.stream().findFirst();
    }

    @Override
    public List<BanRow> bans() {
        List<BanRow> bans = new ArrayList<>();
        client.ask("bans", Map.of(), item -> bans.add(ban(item)));
        return bans;
    }

    @Override
    public List<Outcome> carryOut(List<PeerOrder> orders, boolean dryRun) {
        List<Outcome> outcomes = new ArrayList<>();
        for (int from = 0; from < orders.size(); from += ORDERS_AT_ONCE) {
            List<PeerOrder> some = orders.subList(from, Math.min(orders.size(), from + ORDERS_AT_ONCE));
            Map<String, Object> params = new LinkedHashMap<>();
            params.put("orders", some.stream().map(OrderJson::order).toList());
            params.put("dry_run", dryRun);
            client.ask("order", params, item -> outcomes.add(OrderJson.outcome(item)));
        }
        return outcomes;
    }

    @Override
    public List<Taking> takeIn(List<PeerMemory> peers, MergeRule rule, boolean dryRun) {
        return new ImportRequests(client, rule, dryRun).bring(peers);
    }

    @Override
    public Optional<NodeId> self() {
        try {
            return Optional.of(NodeId.parse(client.node()));
        } catch (IllegalArgumentException e) {
            throw client.senseless("it says that it is " + client.node()).causedBy(e);
        }
    }

    /** The node's status. */
    public Fields status() {
        List<Fields> found = new ArrayList<>();
        client.ask("status", Map.of(), found::add);
        return found.getFirst();
    }

    /** Takes events until the taker has enough or the node ends. */
    public void events(List<String> types, String peer, ControlClient.Items items) {
        Map<String, Object> params = new LinkedHashMap<>();
        params.put("types", types);
        params.put("peer", peer);
        client.ask("events", params, items);
    }

    @Override
    public List<HistoryEvent> remembered(NodeId id) {
        return memory.past(id, StoreSource.ALL_EVENTS);
    }

    @Override
    public void close() {
        try {
            client.close();
        } finally {
            memory.close();
        }
    }

    private static BanRow ban(Fields item) throws JsonProblem {
        Instant until = PeerJson.time(item, "until").orElseThrow(() -> item.problem("until", "it is missing"));
        return new BanRow(
                item.text("subject"),
                item.flag("range"),
                new Mark(until, item.optionalText("reason").orElse("")));
    }
}
