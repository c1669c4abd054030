package dev.p2p.cli.status;

import dev.p2p.cli.json.Fields;
import dev.p2p.cli.json.JsonProblem;
import dev.p2p.cli.peerdata.PeerJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a running node tells of itself.
 *
 * @param id who it is
 * @param name what it calls itself
 * @param network its network
 * @param version its program's version
 * @param protocols versions of the peer-to-peer and the block protocol
 * @param startedAt when it was started
 * @param now when this was true
 * @param listens where it listens
 * @param own where it can be reached as far as it knows
 * @param slots what is used of each class of connections
 * @param known how many peers it knows
 * @param verified how many of these it reached once
 * @param maxKnown the most that it keeps
 * @param banned how many peers are banned
 * @param bannedRanges how many ranges of addresses are banned
 * @param dialing how many dials are in progress
 * @param waiting how many peers wait for their next attempt
 * @param ready how many may be dialed as soon as a slot is free
 * @param absent how many wanted peers are not connected
 * @param nextWake when the peer manager acts next by itself
 * @param plans what it does by itself, and when, soonest first
 * @param traffic what flows over all connections
 * @param store how it stands with the store
 * @param missedEvents events that slow readers lost
 * @param channels the channels it serves
 */
record NodeFacts(
        String id,
        String name,
        String network,
        String version,
        String protocols,
        Instant startedAt,
        Instant now,
        List<String> listens,
        List<Own> own,
        List<Slot> slots,
        long known,
        long verified,
        long maxKnown,
        long banned,
        long bannedRanges,
        long dialing,
        long waiting,
        long ready,
        long absent,
        Optional<Instant> nextWake,
        List<Plan> plans,
        TrafficFacts traffic,
        StoreFacts store,
        long missedEvents,
        List<String> channels) {

    /** An address of the node, what says so, and whether others are told. */
    record Own(String address, String how, boolean told) {}

    /** The use of a class of connections; a cap below 0 is none. */
    record Slot(String name, long connected, long pending, long cap) {}

    /** What the node does by itself, and when. */
    record Plan(String what, Instant at) {}

    static NodeFacts read(Fields from) throws JsonProblem {
        List<Own> own = new ArrayList<>();
        for (Fields address : from.objects("own_addresses")) {
            own.add(new Own(address.text("address"), address.text("how"), address.flag("told")));
        }
        List<Slot> slots = new ArrayList<>();
        for (Fields slot : from.objects("slots")) {
            slots.add(new Slot(
                    slot.text("class"),
                    count(slot, "connected"),
                    count(slot, "pending"),
                    slot.integer("cap", 0, Integer.MAX_VALUE, -1)));
        }
        return new NodeFacts(
                from.text("id"),
                from.text("name"),
                from.text("network"),
                from.text("version"),
                "p2p " + count(from, "p2p") + " / block " + count(from, "block"),
                PeerJson.time(from, "started_at").orElse(Instant.EPOCH),
                PeerJson.time(from, "now").orElse(Instant.EPOCH),
                from.texts("listens"),
                own,
                slots,
                count(from, "known"),
                count(from, "verified"),
                count(from, "max_known"),
                count(from, "banned"),
                count(from, "banned_ranges"),
                count(from, "dialing"),
                count(from, "waiting"),
                count(from, "ready"),
                count(from, "absent"),
                PeerJson.time(from, "next_wake"),
                plans(from),
                TrafficFacts.read(from),
                StoreFacts.read(from.object("store")),
                count(from, "missed_events"),
                from.texts("channels"));
    }

    /** All connections. */
    long connected() {
        return slots.stream().mapToLong(Slot::connected).sum();
    }

    /** Whether the node may dial peers of its choice, or has wanted ones, and is connected to none of them. */
    boolean lacksOutbound() {
        return slots.stream().anyMatch(slot -> slot.name().equals("outbound") && slot.cap() != 0)
                && slots.stream()
                        .filter(slot ->
                                slot.name().equals("outbound") || slot.name().equals("reserved"))
                        .allMatch(slot -> slot.connected() == 0);
    }

    /** What the node is busy with, in one word. */
    String phase() {
        if (connected() == 0) {
            return "ISOLATED";
        }
        boolean full = slots.stream()
                .filter(slot -> slot.name().equals("outbound"))
                .allMatch(slot -> slot.cap() >= 0 && slot.connected() >= slot.cap());
        return full ? "STEADY" : "FILLING";
    }

    /** For programs. */
    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", id);
        fields.put("name", name);
        fields.put("network", network);
        fields.put("version", version);
        fields.put("protocols", protocols);
        fields.put("phase", phase());
        fields.put("started_at", startedAt.toString());
        fields.put("now", now.toString());
        fields.put("listens", listens);
        fields.put("own_addresses", own.stream().map(NodeFacts::fields).toList());
        fields.put("connected", connected());
        fields.put("slots", slots.stream().map(NodeFacts::fields).toList());
        fields.put("known", known);
        fields.put("verified", verified);
        fields.put("max_known", maxKnown);
        fields.put("banned", banned);
        fields.put("banned_ranges", bannedRanges);
        fields.put("dialing", dialing);
        fields.put("waiting", waiting);
        fields.put("ready", ready);
        fields.put("absent", absent);
        nextWake.ifPresent(at -> fields.put("next_wake", at.toString()));
        fields.put("plans", plans.stream().map(NodeFacts::fields).toList());
        traffic.into(fields);
        fields.put("store", store.fields());
        fields.put("health", Health.of(this).fields());
        fields.put("missed_events", missedEvents);
        fields.put("channels", channels);
        return fields;
    }

    private static Map<String, Object> fields(Own own) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("address", own.address());
        fields.put("how", own.how());
        fields.put("told", own.told());
        return fields;
    }

    private static Map<String, Object> fields(Slot slot) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("class", slot.name());
        fields.put("connected", slot.connected());
        fields.put("pending", slot.pending());
        if (slot.cap() >= 0) {
            fields.put("cap", slot.cap());
        }
        return fields;
    }

    private static List<Plan> plans(Fields from) throws JsonProblem {
        List<Plan> plans = new ArrayList<>();
        for (Fields plan : from.objects("plans")) {
            Optional<Instant> at = PeerJson.time(plan, "at");
            if (at.isPresent()) {
                plans.add(new Plan(plan.text("what"), at.get()));
            }
        }
        return plans;
    }

    private static Map<String, Object> fields(Plan plan) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("what", plan.what());
        fields.put("at", plan.at().toString());
        return fields;
    }

    static long count(Fields from, String name) throws JsonProblem {
        return from.integer(name, 0, Long.MAX_VALUE, 0);
    }
}
