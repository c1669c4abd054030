package dev.p2p.cli.control;

import dev.p2p.api.store.PeerStoreException;
import dev.p2p.router.control.Explanation;
import dev.p2p.router.control.NodeStatus;
import dev.p2p.router.control.PeerControl;
import dev.p2p.router.control.StoreStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A node's status as JSON. */
final class StatusJson {

    private StatusJson() {}

    static Map<String, Object> of(
            NodeStatus status, Map<String, Object> store, List<String> listens, NodeTraffic traffic) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", status.self().id().toString());
        fields.put("name", status.self().moniker());
        fields.put("network", status.self().network());
        fields.put("version", status.self().version());
        fields.put("p2p", status.self().protocol().p2p());
        fields.put("block", status.self().protocol().block());
        fields.put("started_at", status.startedAt().toString());
        fields.put("now", status.now().toString());
        fields.put("listens", listens);
        fields.put(
                "own_addresses",
                status.ownAddresses().stream().map(StatusJson::own).toList());
        fields.put("slots", status.slots().stream().map(StatusJson::slot).toList());
        fields.put("known", status.known());
        fields.put("verified", status.verified());
        fields.put("max_known", status.maxKnown());
        fields.put("banned", status.banned());
        fields.put("banned_ranges", status.blocks());
        fields.put("dialing", status.dialing());
        fields.put("waiting", status.waiting());
        fields.put("ready", status.ready());
        status.nextWake().ifPresent(at -> fields.put("next_wake", at.toString()));
        fields.put("absent", status.absent());
        fields.put("plans", status.plans().stream().map(StatusJson::plan).toList());
        traffic.into(fields);
        fields.put("store", store);
        fields.put("missed_events", status.missedEvents());
        fields.put("channels", channels(status));
        return fields;
    }

    private static List<String> channels(NodeStatus status) {
        List<String> channels = new ArrayList<>();
        status.self().channels().forEach(channel -> channels.add(channel.toString()));
        return channels;
    }

    private static Map<String, Object> slot(NodeStatus.SlotUse use) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("class", use.slot().toString());
        fields.put("connected", use.connected());
        fields.put("pending", use.pending());
        use.cap().ifPresent(cap -> fields.put("cap", cap));
        return fields;
    }

    private static Map<String, Object> plan(Explanation.NextStep plan) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("what", plan.what());
        plan.at().ifPresent(at -> fields.put("at", at.toString()));
        return fields;
    }

    /** The store; one that does not even tell of itself is told by its failure. */
    static Map<String, Object> store(PeerControl control) throws InterruptedException {
        Map<String, Object> fields = new LinkedHashMap<>();
        StoreStatus store;
        try {
            store = control.store();
        } catch (PeerStoreException e) {
            fields.put("failure", String.valueOf(e.getMessage()));
            return fields;
        }
        fields.put("schema", store.stats().schema());
        fields.put("peers", store.stats().approximatePeers());
        fields.put("events", store.stats().approximateEvents());
        fields.put("bytes", store.stats().bytes());
        fields.put("waiting", store.waiting());
        fields.put("dropped", store.dropped());
        store.failure().ifPresent(why -> fields.put("failure", why));
        return fields;
    }

    private static Map<String, Object> own(NodeStatus.OwnAddress own) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("address", own.address().toString());
        fields.put("how", own.how());
        fields.put("told", own.told());
        return fields;
    }
}
