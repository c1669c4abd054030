package dev.p2p.router.internal.admission;

import dev.p2p.api.Endpoint;
import dev.p2p.api.NetEndpoint;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Counts the connections that others opened, all together and for each origin, before anything is allocated for them.
 *
 * <p>When too many have not proven themselves, the one that has tried longest makes room: an honest peer needs a few round
 * trips, so whoever is oldest is hostile or gone, and a crowd of half-open connections keeps nobody out. But everybody has a
 * moment before he must make room, and they make room one after the other; a crowd that comes faster waits outside. That bounds
 * the work that strangers make and spreads it, and the peers that are in do not feel it. Safe to use from every thread.
 */
final class Doorkeeper {

    /**
     * How long nobody has to make room. A handshake takes about one round trip from its acceptance on. With 64 places, at most 640
     * strangers come in each second, and the queue of the listening socket is through before a dialer's 3 s are over.
     */
    static final Duration SHORTEST_STAY = Duration.ofMillis(100);

    /**
     * How many there may be.
     *
     * @param pending unproven ones
     * @param pendingEach unproven ones of one origin
     * @param liveEach of one origin altogether
     * @param exempt whose origin is not looked at
     */
    record Limits(int pending, int pendingEach, int liveEach, Predicate<InetAddress> exempt) {}

    /** Where a connection comes from: an IPv4 address, or the first half of an IPv6 address. */
    private record Origin(boolean v6, long bits) {

        static Origin of(InetAddress address) {
            ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
            return bytes.remaining() == Integer.BYTES
                    ? new Origin(false, bytes.getInt())
                    : new Origin(true, bytes.getLong());
        }
    }

    private static final class Count {
        private int pending;
        private int live;
    }

    private final Limits limits;
    private final LongSupplier nanos;

    /** The time between two who make room. */
    private final long stepNanos;

    private final Map<Origin, Count> counts = new HashMap<>();
    private final LinkedHashSet<Ticket> pending = new LinkedHashSet<>();
    private long lastMadeRoom;

    /** @param nanos time that only moves on, in nanoseconds */
    Doorkeeper(Limits limits, LongSupplier nanos) {
        this.limits = limits;
        this.nanos = nanos;
        this.stepNanos = SHORTEST_STAY.toNanos() / limits.pending;
        this.lastMadeRoom = nanos.getAsLong() - stepNanos;
    }

    /** The right of one connection to be here. It is given back once, whatever happens to the connection. */
    final class Ticket {

        private final long attempt;
        private final @Nullable Origin origin;
        private final long since;

        private Ticket(long attempt, @Nullable Origin origin, long since) {
            this.attempt = attempt;
            this.origin = origin;
            this.since = since;
        }

        /** The connection has proven itself. */
        void proven() {
            synchronized (Doorkeeper.this) {
                Count count = leavesPending(this) ? counts.get(origin) : null;
                if (count != null) {
                    count.pending--;
                }
            }
        }

        /** The connection is gone. */
        void giveBack() {
            synchronized (Doorkeeper.this) {
                boolean wasPending = leavesPending(this);
                Count count = counts.get(origin);
                if (count == null) {
                    return;
                }
                count.pending -= wasPending ? 1 : 0;
                count.live--;
                if (count.live == 0) {
                    counts.remove(origin);
                }
            }
        }
    }

    /**
     * The answer to somebody who knocks.
     *
     * @param ticket null if there is no room for this origin
     * @param makesRoom the attempts that have to go, because they have tried longest
     */
    record Answer(@Nullable Ticket ticket, List<Long> makesRoom) {}

    /** Waits until somebody may knock: until there is room, or it is the oldest one's turn to make room. */
    synchronized void awaitRoom() throws InterruptedException {
        while (pending.size() >= limits.pending) {
            long left = untilTurn();
            if (left <= 0) {
                return;
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    /** Somebody knocks. Those who make room still have to give their tickets back. */
    synchronized Answer knock(long attempt, Endpoint remote) {
        Origin origin = origin(remote);
        if (origin != null) {
            Count count = counts.computeIfAbsent(origin, _ -> new Count());
            if (count.live >= limits.liveEach || count.pending >= limits.pendingEach) {
                return new Answer(null, List.of());
            }
            count.live++;
            count.pending++;
        }
        long now = nanos.getAsLong();
        List<Long> makesRoom = new ArrayList<>(1);
        while (pending.size() >= limits.pending) {
            Ticket oldest = pending.getFirst();
            oldest.proven(); // counts as pending no longer; its attempt gives it back when it ends
            makesRoom.add(oldest.attempt);
            lastMadeRoom = now;
        }
        Ticket ticket = new Ticket(attempt, origin, now);
        pending.add(ticket);
        return new Answer(ticket, makesRoom);
    }

    /** How many origins it knows. */
    synchronized int origins() {
        return counts.size();
    }

    /** The nanoseconds until the oldest has had his moment, and the one before him has been gone for a step. */
    private long untilTurn() {
        long now = nanos.getAsLong();
        long stay = SHORTEST_STAY.toNanos() - (now - pending.getFirst().since);
        return Math.max(stay, stepNanos - (now - lastMadeRoom));
    }

    private boolean leavesPending(Ticket ticket) {
        boolean left = pending.remove(ticket);
        if (left) {
            notifyAll();
        }
        return left;
    }

    private @Nullable Origin origin(Endpoint remote) {
        return remote instanceof NetEndpoint net && !limits.exempt.test(net.ip()) ? Origin.of(net.ip()) : null;
    }
}
