package dev.p2p.cli.control;

import dev.p2p.api.NodeId;
import dev.p2p.api.reactor.PeerDirectory;
import dev.p2p.api.reactor.PeerView;
import dev.p2p.cli.json.Fields;
import dev.p2p.cli.json.JsonProblem;
import dev.p2p.cli.peerdata.BanRow;
import dev.p2p.cli.peerdata.ChannelFlow;
import dev.p2p.cli.peerdata.LiveJson;
import dev.p2p.cli.peerdata.OrderJson;
import dev.p2p.cli.peerdata.Outcome;
import dev.p2p.cli.peerdata.PeerJson;
import dev.p2p.cli.peerdata.PeerOrder;
import dev.p2p.router.control.Ban;
import dev.p2p.router.control.Decision;
import dev.p2p.router.control.KnownPeer;
import dev.p2p.router.control.PeerControl;
import dev.p2p.router.control.PeerEvents;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The methods of the control protocol. Holds no state of a client; every call runs on the client's own thread. */
final class ControlMethods {

    private static final System.Logger LOG = System.getLogger(ControlMethods.class.getName());

    static final List<String> NAMES =
            List.of("status", "peers", "peer", "find", "history", "bans", "explain", "order", "import", "events");

    private static final int MAX_ITEMS = 1_000_000;
    private static final int MAX_ORDERS = 1_000;
    private static final int MAX_FOUND = 100;
    private static final int EVENTS_WAITING = 4_096;
    private static final Duration EVENT_PATIENCE = Duration.ofSeconds(1);

    private final PeerControl control;
    private final PeerDirectory directory;
    private final Supplier<List<String>> listens;
    private final Rates rates = new Rates();
    private final ChannelRates channels = new ChannelRates();
    private final Courses courses = new Courses();
    private final LiveRows rows = new LiveRows(rates, courses);
    private final InstantSource clock;

    /** Where a method's answer goes. */
    interface Answer {

        /** One more item. Blocks while the client does not read. */
        void item(Map<String, Object> fields) throws IOException;

        /** Lets the client have what was said so far, because more may take a while. */
        void ready() throws IOException;

        /** An empty item: nothing is new, but the node is there, and a client that is gone is noticed. */
        void idle() throws IOException;
    }

    ControlMethods(PeerControl control, PeerDirectory directory, Supplier<List<String>> listens, InstantSource clock) {
        this.control = control;
        this.directory = directory;
        this.listens = listens;
        this.clock = clock;
    }

    /** Counts what flows, and once a minute looks at the scores; called now and then, by one thread at a time. */
    void sample() throws InterruptedException {
        List<PeerView> peers = directory.connected();
        Instant now = clock.instant();
        rates.sample(peers, now);
        channels.sample(peers, view -> control.channels(view.peer().id()), now);
        try {
            courses.sample(control, peers, now);
        } catch (IllegalStateException e) {
            LOG.log(Level.DEBUG, "the node does not tell the scores now", e);
        }
    }

    /**
     * Answers a request.
     *
     * @throws JsonProblem if the request is wrong
     * @throws IOException if the client is gone, or the store failed
     * @throws IllegalStateException if the node does not answer
     */
    void answer(String method, Fields params, Answer to) throws JsonProblem, IOException, InterruptedException {
        switch (method) {
            case "status" -> to.item(status());
            case "peers" -> peers(params, to);
            case "peer" -> {
                for (KnownPeer peer : control.peer(id(params)).stream().toList()) {
                    to.item(LiveJson.row(rows.row(peer, flows(peer), clock.instant())));
                }
            }
            case "find" -> find(params, to);
            case "history" -> {
                int limit = (int) params.integer("limit", 1, MAX_ITEMS, 100);
                for (Decision decision : control.history(id(params), limit)) {
                    to.item(LiveRows.event(decision).fields());
                }
            }
            case "bans" -> {
                for (Ban ban : control.bans()) {
                    to.item(ban(LiveRows.ban(ban)));
                }
            }
            case "explain" ->
                to.item(LiveRows.explanation(control.explain(id(params))).fields());
            case "order" -> orders(params, to);
            case "import" -> LiveImport.answer(control, params, to);
            case "events" -> events(params, to);
            default -> throw new JsonProblem("there is no method of that name; there are " + String.join(", ", NAMES));
        }
    }

    private Map<String, Object> status() throws InterruptedException {
        return StatusJson.of(
                control.status(),
                StatusJson.store(control),
                listens.get(),
                NodeTraffic.of(directory.connected(), rates.total(), channels.fullest()));
    }

    private List<ChannelFlow> flows(KnownPeer peer) {
        return peer.connection()
                .map(live ->
                        channels.of(live.peer(), control.channels(live.peer().id())))
                .orElse(List.of());
    }

    private void peers(Fields params, Answer to) throws JsonProblem, IOException, InterruptedException {
        boolean connectedOnly = params.flag("connected");
        for (KnownPeer peer : control.peers()) {
            if (!connectedOnly || peer.connection().isPresent()) {
                to.item(LiveJson.row(rows.row(peer, clock.instant())));
            }
        }
    }

    private void find(Fields params, Answer to) throws JsonProblem, IOException, InterruptedException {
        String digits = params.text("digits");
        int limit = (int) params.integer("limit", 1, MAX_FOUND, 10);
        if (!digits.matches("[0-9a-f]{1,40}")) {
            throw params.problem("digits", "it has 1 to 40 hex digits in lower case");
        }
        int found = 0;
        for (KnownPeer peer : control.peers()) {
            String id = peer.record().id().toString();
            if (id.startsWith(digits) && found++ < limit) {
                to.item(Map.of("id", id));
            }
        }
    }

    private void orders(Fields params, Answer to) throws JsonProblem, IOException, InterruptedException {
        List<PeerOrder> orders = new ArrayList<>();
        for (Fields order : params.objects("orders")) {
            orders.add(OrderJson.order(order));
        }
        if (orders.isEmpty() || orders.size() > MAX_ORDERS) {
            throw params.problem("orders", "there are 1 to " + MAX_ORDERS);
        }
        boolean dryRun = params.flag("dry_run");
        LiveOrders carrier = new LiveOrders(control);
        for (PeerOrder order : orders) {
            Outcome outcome = dryRun ? carrier.rehearse(order) : carrier.carryOut(order);
            to.item(outcome.fields());
        }
    }

    private void events(Fields params, Answer to) throws JsonProblem, IOException, InterruptedException {
        List<String> types = params.texts("types");
        String peer = params.optionalText("peer").orElse("");
        long told = 0;
        try (PeerEvents events = control.subscribe(EVENTS_WAITING)) {
            to.idle();
            while (!events.ended()) {
                var decision = events.next(EVENT_PATIENCE);
                if (events.missed() > told) {
                    to.item(Map.of("missed", events.missed() - told));
                    told = events.missed();
                }
                if (decision.isEmpty()) {
                    to.idle();
                } else if (wanted(decision.get(), types, peer)) {
                    to.item(LiveRows.event(decision.get()).fields());
                    to.ready();
                }
            }
        }
    }

    private static boolean wanted(Decision decision, List<String> types, String peer) {
        return (types.isEmpty() || types.contains(decision.kind().toString()))
                && (peer.isEmpty()
                        || decision.peer()
                                .filter(id -> id.toString().startsWith(peer))
                                .isPresent());
    }

    private static NodeId id(Fields params) throws JsonProblem {
        return PeerJson.id(params, "id");
    }

    private static Map<String, Object> ban(BanRow ban) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("subject", ban.subject());
        fields.put("range", ban.range());
        fields.put("until", ban.mark().until().toString());
        fields.put("reason", ban.mark().reason());
        return fields;
    }
}
