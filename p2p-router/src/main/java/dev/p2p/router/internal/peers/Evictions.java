package dev.p2p.router.internal.peers;

import dev.p2p.api.Reason;
import dev.p2p.api.store.PeerFlag;
import dev.p2p.router.control.Decision;
import dev.p2p.router.control.SlotClass;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who has to go for whom. A peer is replaced only by one that stands clearly above it, only after it has had its time, and only
 * one in a while. Whoever is looked for and not found is not looked for again with every input.
 */
final class Evictions {

    /** How long a search that found nobody is not repeated, as a part of the time between two upgrades. */
    private static final int SEARCHES_PER_UPGRADE = 60;

    private final PeerBook book;
    private Instant nextUpgrade = Instant.EPOCH;

    Evictions(PeerBook book) {
        this.book = book;
    }

    /** From when on a better peer may replace a worse one. */
    Optional<Instant> nextUpgrade() {
        return Optional.of(nextUpgrade);
    }

    /** The connection that a peer may take the place of by being dialed, or null. */
    @Nullable
    Live victimFor(PeerEntry candidate) {
        if (book.now().isBefore(nextUpgrade)) {
            return null;
        }
        Live victim = worstBelow(candidate, book.slots.caps().total() < Caps.UNLIMITED ? null : SlotClass.OUTBOUND);
        if (victim == null) {
            nextUpgrade = book.now().plus(pause());
        }
        return victim;
    }

    /** The inbound connection that a newcomer may take the place of at once, because it stands above it; or null. */
    @Nullable
    Live victimForNewcomer(PeerEntry candidate) {
        return book.now().isBefore(nextUpgrade)
                ? null
                : worstBelow(candidate, book.slots.caps().total() < Caps.UNLIMITED ? null : SlotClass.INBOUND);
    }

    /** An inbound connection that has had its time and goes for the sake of turnover, by lot; or null. */
    @Nullable
    Live turnover() {
        if (book.now().isBefore(nextUpgrade)) {
            return null;
        }
        List<Live> old = new ArrayList<>();
        for (Live live : book.connections.all()) {
            if (live.slot == SlotClass.INBOUND && mayGo(live)) {
                old.add(live);
            }
        }
        if (old.isEmpty()) {
            nextUpgrade = book.now().plus(pause());
            return null;
        }
        return old.get(book.random.nextInt(old.size()));
    }

    /** The worst connection that stands below a candidate, or null. */
    private @Nullable Live worstBelow(PeerEntry candidate, @Nullable SlotClass among) {
        Live worst = null;
        for (Live live : book.connections.all()) {
            boolean eligible = among == null ? live.slot != SlotClass.RESERVED : live.slot == among;
            if (eligible
                    && mayGo(live)
                    && live.entry != candidate
                    && Ranking.standsAbove(candidate, live.entry, book.policy.upgradeGap(), book.now())
                    && (worst == null || Ranking.dialRank(live.entry) > Ranking.dialRank(worst.entry))) {
                worst = live;
            }
        }
        return worst;
    }

    /** Ends a connection in favour of another one. */
    void evict(Live victim, String inFavourOf) {
        book.slots.evicted(victim);
        nextUpgrade = book.now().plus(book.policy.pace().upgradeEvery());
        book.out.decide(victim.entry.id, Decision.Kind.EVICTED, "upgrade", "in favour of " + inFavourOf);
        end(victim, Reason.FULL);
    }

    /** Ends the lowest ranked connections until the caps hold. Reserved ones are never ended for that. */
    void shrink() {
        for (SlotClass slot : List.of(SlotClass.OUTBOUND, SlotClass.NEWCOMER, SlotClass.INBOUND)) {
            while (surplus(slot)) {
                Live worst = null;
                for (Live live : book.connections.all()) {
                    if (live.slot == slot
                            && !live.closing
                            && (worst == null || Ranking.dialRank(live.entry) > Ranking.dialRank(worst.entry))) {
                        worst = live;
                    }
                }
                if (worst == null) {
                    break;
                }
                book.slots.evicted(worst);
                book.out.decide(worst.entry.id, Decision.Kind.EVICTED, "limit", "the limit was lowered");
                end(worst, Reason.FULL);
            }
        }
    }

    /** Asks for a connection's end, once. */
    void end(Live live, Reason reason) {
        if (!live.closing) {
            live.closing = true;
            book.out.add(new Effect.Close(live.peer, reason));
        }
    }

    /** Lets a connection end when what was sent on it is written. */
    void release(Live live) {
        live.closing = true;
        live.released = true;
        book.out.add(new Effect.Release(live.peer));
    }

    /** The wall clock was set. */
    void shift(Duration by) {
        nextUpgrade = nextUpgrade.plus(by);
    }

    private boolean surplus(SlotClass slot) {
        return switch (slot) {
            case OUTBOUND -> book.slots.staying(slot) > book.slots.caps().outbound();
            case INBOUND -> book.slots.staying(slot) > book.slots.caps().regularInbound();
            case NEWCOMER -> book.slots.staying(slot) > book.slots.caps().newcomers();
            case RESERVED, FEELER -> false;
        };
    }

    private boolean mayGo(Live live) {
        return !live.closing
                && !live.reserved
                && !live.entry.has(PeerFlag.PROTECTED)
                && Duration.between(live.since, book.now())
                                .compareTo(book.policy.pace().tenure())
                        >= 0;
    }

    private Duration pause() {
        return book.policy.pace().upgradeEvery().dividedBy(SEARCHES_PER_UPGRADE);
    }
}
