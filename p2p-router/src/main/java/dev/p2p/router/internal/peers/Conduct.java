package dev.p2p.router.internal.peers;

import dev.p2p.api.NodeId;
import dev.p2p.api.PeerRef;
import dev.p2p.api.Reason;
import dev.p2p.api.reactor.PeerError;
import dev.p2p.api.store.Durability;
import dev.p2p.api.store.HistoryEvent;
import dev.p2p.api.store.Mark;
import dev.p2p.api.store.PeerFlag;
import dev.p2p.api.store.PeerRecord;
import dev.p2p.router.control.Decision;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** What follows from what reactors report. It never depends on how many slots are free. */
final class Conduct {

    /** Longer bans are cut to this, so that their ends can be written. */
    private static final Duration LONGEST_BAN = ChronoUnit.YEARS.getDuration().multipliedBy(100);

    private final PeerBook book;
    private final Evictions evictions;
    private long unknown;

    Conduct(PeerBook book, Evictions evictions) {
        this.book = book;
        this.evictions = evictions;
    }

    /** A report about an old connection still counts for the peer, but never ends the new one. */
    void reported(PeerRef ref, PeerError error) {
        PeerEntry entry = book.find(ref.id());
        if (entry == null) {
            unknown++;
            return;
        }
        switch (error.action()) {
            case PeerError.Action.Note _ -> {}
            case PeerError.Action.Penalise(var points) -> penalise(entry, ref, error.code(), points);
            case PeerError.Action.Disconnect _ -> disconnect(ref, error.code());
            case PeerError.Action.Release _ -> release(ref, error.code());
            case PeerError.Action.Ban(var duration) -> {
                ban(entry, error.code(), duration);
                end(ref, Reason.BANNED);
            }
        }
    }

    /** How many reports named a peer that is not known. */
    long unknownReports() {
        return unknown;
    }

    /** Refuses a peer from now on. Its connection is the caller's. */
    void ban(PeerEntry entry, String code, Duration duration) {
        Mark mark = markFor(duration, code, book.now());
        book.save(entry, entry.record().withBan(Optional.of(mark)), Durability.SYNC);
        book.out.decide(entry.id, Decision.Kind.BANNED, code, "until " + mark.until(), HistoryEvent.Kind.BANNED);
    }

    static Mark markFor(Duration duration, String reason, Instant now) {
        Duration cut = duration.compareTo(LONGEST_BAN) > 0 ? LONGEST_BAN : duration;
        return new Mark(now.plus(cut).truncatedTo(ChronoUnit.MILLIS), reason);
    }

    /** Ends a peer's current connection, if it has one. */
    void endAny(NodeId id, Reason reason) {
        Live live = book.connections.find(id);
        if (live != null) {
            evictions.end(live, reason);
        }
    }

    private void penalise(PeerEntry entry, PeerRef ref, String code, int points) {
        PeerRecord penalised = Reputation.penalised(entry.record(), points, book.now());
        book.save(entry, penalised);
        book.out.decide(entry.id, Decision.Kind.PENALISED, code, "-" + points, HistoryEvent.Kind.PENALISED);
        if (penalised.reputation() < Reputation.BAN_BELOW) {
            ban(entry, code, Reputation.BAN);
            end(ref, Reason.BANNED);
        }
    }

    private void disconnect(PeerRef ref, String code) {
        Live live = book.connections.find(ref).orElse(null);
        if (live != null && !live.closing) {
            book.out.decide(ref.id(), Decision.Kind.CLOSED, Reason.REPORTED.toString(), code);
            evictions.end(live, Reason.REPORTED);
        }
    }

    /** An exchange is over. A persistent peer would come back at once, so it stays. */
    private void release(PeerRef ref, String code) {
        Live live = book.connections.find(ref).orElse(null);
        if (live != null && !live.closing && !live.entry.has(PeerFlag.PERSISTENT)) {
            book.out.decide(ref.id(), Decision.Kind.CLOSED, Reason.REQUESTED.toString(), code);
            evictions.release(live);
        }
    }

    private void end(PeerRef ref, Reason reason) {
        book.connections.find(ref).ifPresent(live -> evictions.end(live, reason));
    }
}
