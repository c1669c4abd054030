package dev.p2p.router.internal.peers;

import dev.p2p.api.NodeId;
import dev.p2p.api.store.AddressRecord;
import dev.p2p.api.store.Mark;
import dev.p2p.api.store.PeerRecord;
import dev.p2p.router.control.Decision;
import dev.p2p.router.control.Explanation;
import dev.p2p.router.control.Explanation.NextStep;
import dev.p2p.router.control.KnownPeer;
import dev.p2p.router.control.PeerState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Says where a peer stands, why, and what happens next. Changes nothing. */
final class Explainer {

    private final PeerBook book;

    Explainer(PeerBook book) {
        this.book = book;
    }

    /** A peer as it is at an instant, without what only its link knows. */
    KnownPeer view(PeerEntry entry, Instant now) {
        PeerState state = state(entry, now);
        Optional<Instant> next = entry.busy() || state == PeerState.NO_ADDRESS
                ? Optional.empty()
                : Optional.of(DialSchedule.due(entry)).map(due -> due.equals(Instant.EPOCH) ? now : due);
        Live live = entry.live;
        Optional<KnownPeer.Live> connection = live == null
                ? Optional.empty()
                : Optional.of(new KnownPeer.Live(live.peer, live.direction, live.slot, live.since, Optional.empty()));
        return new KnownPeer(
                entry.record(), entry.flags(), state, Reputation.at(entry.record(), now), next, connection);
    }

    Explanation explain(NodeId id, Instant now) {
        PeerEntry entry = book.find(id);
        List<Decision> decisions = book.history.of(id, History.DECISIONS_PER_PEER);
        if (entry == null) {
            String why = id.equals(book.policy.self())
                    ? "This is the node itself."
                    : "Nothing is known of this peer: nobody told of it, or it was forgotten.";
            return new Explanation(id, Optional.empty(), why, Optional.empty(), List.of(), decisions);
        }
        KnownPeer peer = view(entry, now);
        return new Explanation(
                id, Optional.of(peer), why(entry, peer), next(entry, peer, now), score(entry, peer), decisions);
    }

    private static PeerState state(PeerEntry entry, Instant now) {
        if (entry.live != null) {
            return PeerState.CONNECTED;
        }
        if (entry.dialing != null) {
            return PeerState.DIALING;
        }
        if (entry.bannedAt(now)) {
            return PeerState.BANNED;
        }
        if (entry.incompatibleAt(now)) {
            return PeerState.INCOMPATIBLE;
        }
        if (entry.record().addresses().isEmpty()) {
            return PeerState.NO_ADDRESS;
        }
        return DialSchedule.due(entry).isAfter(now) ? PeerState.BACKING_OFF : PeerState.READY;
    }

    private String why(PeerEntry entry, KnownPeer peer) {
        PeerRecord record = entry.record();
        return switch (peer.state()) {
            case CONNECTED -> connected(entry);
            case DIALING -> "It is being dialed" + last(entry, Decision.Kind.DIAL, ": ") + ".";
            case BANNED -> marked("It is banned", record.ban());
            case INCOMPATIBLE -> marked("It does not fit this node", record.incompatible());
            case NO_ADDRESS -> "No address of it is known. It can only come by itself.";
            case BACKING_OFF -> {
                int failures = record.addresses().stream()
                        .mapToInt(AddressRecord::failures)
                        .sum();
                yield failures == 0
                        ? "It rests" + last(entry, Decision.Kind.DISCONNECTED, " since its connection ended: ") + "."
                        : "Dialing it failed " + failures + " times in a row"
                                + last(entry, Decision.Kind.DIAL_FAILED, ", last: ") + ".";
            }
            case READY -> ready(entry);
        };
    }

    private String connected(PeerEntry entry) {
        Live live = entry.live;
        if (live == null) {
            return "";
        }
        String who = live.address == null ? "It came by itself" : "This node dialed " + live.address;
        String slot = switch (live.slot) {
            case RESERVED -> " and has a reserved slot " + entry.flags();
            case OUTBOUND -> " because an outbound slot was free";
            case INBOUND -> " while an inbound slot was free";
            case NEWCOMER -> " while all inbound slots were taken, and is served for a short time";
            case FEELER -> " to verify an address";
        };
        return who + slot + (live.closing ? "; the connection is being ended" : "") + ".";
    }

    private String ready(PeerEntry entry) {
        if (book.slots.outboundFree()) {
            return "It may be dialed; the dial waits for the dial rate.";
        }
        if (!book.schedule.isReady(entry)) {
            return "Its part of the network has all its outbound connections, or its addresses are banned.";
        }
        return "All " + book.slots.caps().outbound() + " outbound slots are taken by peers that do not stand "
                + book.policy.upgradeGap() + " points below it.";
    }

    private Optional<NextStep> next(PeerEntry entry, KnownPeer peer, Instant now) {
        return switch (peer.state()) {
            case CONNECTED, DIALING -> Optional.empty();
            case NO_ADDRESS -> Optional.empty();
            case BANNED ->
                Optional.of(new NextStep(
                        entry.record().addresses().isEmpty() ? "the ban ends" : "the ban ends, and it may be dialed",
                        entry.record().ban().map(Mark::until)));
            case INCOMPATIBLE, BACKING_OFF ->
                Optional.of(new NextStep(
                        book.reserved(entry) || book.slots.outboundFree()
                                ? "it is dialed"
                                : "it may be dialed when an outbound slot is free",
                        Optional.of(DialSchedule.due(entry))));
            case READY ->
                Optional.of(new NextStep(
                        entry.verified()
                                ? "it is dialed when an outbound slot is free, by rank"
                                : "a feeler verifies it, or it is dialed when an outbound slot is free",
                        book.slots.outboundFree() ? Optional.of(now) : Optional.empty()));
        };
    }

    private static List<String> score(PeerEntry entry, KnownPeer peer) {
        List<String> lines = new ArrayList<>();
        if (!entry.flags().isEmpty()) {
            lines.add("standing: " + entry.flags());
        }
        lines.add(String.format(
                Locale.ROOT,
                "reputation %.1f, was %.1f at %s, halves every %d minutes; banned below %.0f",
                peer.score(),
                entry.record().reputation(),
                entry.record().reputationAt(),
                Reputation.HALF_LIFE.toMinutes(),
                Reputation.BAN_BELOW));
        for (AddressRecord address : entry.record().addresses()) {
            lines.add(address.address() + ": "
                    + address.lastSuccess().map(at -> "reached at " + at).orElse("never reached") + ", "
                    + address.failures() + " failures in a row"
                    + address.nextAttempt().map(at -> ", not before " + at).orElse(""));
        }
        return lines;
    }

    private static String marked(String what, Optional<Mark> mark) {
        return what
                + mark.map(one -> " until " + one.until() + ": " + one.reason()).orElse("") + ".";
    }

    private String last(PeerEntry entry, Decision.Kind kind, String before) {
        return book.history.of(entry.id, History.DECISIONS_PER_PEER).stream()
                .filter(decision -> decision.kind() == kind)
                .findFirst()
                .map(decision -> before
                        + decision.reason()
                        + (decision.detail().isEmpty() ? "" : " (" + decision.detail() + ")"))
                .orElse("");
    }
}
