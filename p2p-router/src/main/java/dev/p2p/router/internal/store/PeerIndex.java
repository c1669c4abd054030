package dev.p2p.router.internal.store;

import dev.p2p.api.NodeId;
import dev.p2p.api.store.PeerStore;
import dev.p2p.api.store.PeerStoreException;
import dev.p2p.api.store.PeerSummary;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * Who is known and whom to dial next, for many peers in little memory: less than 64 bytes each, in arrays of primitives, against some
 * 600 for a record in a map. The records stay in the store and are read when they are needed. No node uses it so far: the peer manager
 * keeps records, and no more of them than it may know.
 *
 * <p>{@link #load} fills it from a store without building records. Whoever writes a peer's record also calls {@link #put}. Not safe for
 * several threads.
 */
public final class PeerIndex {

    private static final int BANNED = 1;
    private static final int VERIFIED = 2;
    private static final int DIALABLE = 4;
    private static final int MAX_FAILURES = 255;
    private static final int SMALLEST = 16;

    private final DueHeap schedule;
    private final SlotTable table;
    private byte[] flags;
    private byte[] failures;
    private float[] reputation;
    private int[] reputationAtSeconds;
    private int[] lastSuccessSeconds;

    /**
     * @param capacity for how many peers room is made at once; it grows beyond when they come
     * @param seed draws lots among peers that are due at the same instant, and keeps strangers from choosing identities that collide
     */
    public PeerIndex(int capacity, long seed) {
        int slots = Math.max(SMALLEST, capacity);
        schedule = new DueHeap(slots, seed);
        table = new SlotTable(slots, seed);
        flags = new byte[slots];
        failures = new byte[slots];
        reputation = new float[slots];
        reputationAtSeconds = new int[slots];
        lastSuccessSeconds = new int[slots];
    }

    /**
     * Makes an index of all peers in a store.
     *
     * <p>Called on a thread of the platform: it reads the whole store.
     */
    public static PeerIndex load(PeerStore store, long seed) throws PeerStoreException {
        long expected = Math.min(store.stats().approximatePeers(), Integer.MAX_VALUE / 2);
        PeerIndex index = new PeerIndex((int) expected, seed);
        store.summarise(index::put);
        return index;
    }

    public int size() {
        return table.size();
    }

    public boolean contains(NodeId id) {
        return table.find(id) >= 0;
    }

    /** Takes a peer in, or what changed of it. It is due when {@link PeerSummary#due()} says so, and never without an address. */
    public void put(PeerSummary peer) {
        int slot = table.findOrAdd(peer.id());
        if (slot >= flags.length) {
            grow(table.slots());
        }
        boolean dialable = peer.addresses() > 0;
        flags[slot] = (byte) ((peer.bannedUntil() != PeerSummary.NEVER ? BANNED : 0)
                | (peer.lastSuccess() != PeerSummary.NEVER ? VERIFIED : 0)
                | (dialable ? DIALABLE : 0));
        failures[slot] = (byte) Math.min(peer.failures(), MAX_FAILURES);
        reputation[slot] = (float) peer.reputation();
        reputationAtSeconds[slot] = seconds(peer.reputationAt());
        lastSuccessSeconds[slot] = seconds(peer.lastSuccess());
        if (dialable) {
            schedule.put(slot, peer.due());
        } else {
            schedule.remove(slot);
        }
    }

    /** Forgets a peer. Does nothing if it is not there. */
    public void remove(NodeId id) {
        int slot = table.remove(id);
        if (slot >= 0) {
            schedule.remove(slot);
        }
    }

    /** The peer that may be dialed first, whether it is due or not. */
    public Optional<NodeId> first() {
        return schedule.size() == 0 ? Optional.empty() : Optional.of(table.id(schedule.first()));
    }

    /** When the first peer is due, in milliseconds since 1970; {@link Long#MAX_VALUE} if none ever is. */
    public long firstDue() {
        return schedule.size() == 0 ? Long.MAX_VALUE : schedule.due(schedule.first());
    }

    /** The peer that is due and has been for longest. */
    public Optional<NodeId> due(Instant now) {
        return firstDue() <= now.toEpochMilli() ? first() : Optional.empty();
    }

    /**
     * Takes a peer out of the schedule, as while it is connected or being dialed. It stays known; {@link #schedule} or {@link #put} brings it
     * back.
     */
    public void unschedule(NodeId id) {
        int slot = table.find(id);
        if (slot >= 0) {
            schedule.remove(slot);
        }
    }

    /** Makes a peer due at an instant. Does nothing if it is not there or has no address. */
    public void schedule(NodeId id, Instant at) {
        int slot = table.find(id);
        if (slot >= 0 && (flags[slot] & DIALABLE) != 0) {
            schedule.put(slot, at.toEpochMilli());
        }
    }

    /** Whether a peer has a ban, ended or not. */
    public boolean isBanned(NodeId id) {
        return has(id, BANNED);
    }

    /** Whether a connection to a peer was ever made. */
    public boolean isVerified(NodeId id) {
        return has(id, VERIFIED);
    }

    /** Failed dials in a row, at most 255; 0 if the peer is not there. */
    public int failures(NodeId id) {
        int slot = table.find(id);
        return slot < 0 ? 0 : Byte.toUnsignedInt(failures[slot]);
    }

    /** The standing that was last written; 0 if the peer is not there. */
    public float reputation(NodeId id) {
        int slot = table.find(id);
        return slot < 0 ? 0 : reputation[slot];
    }

    /** When the standing was so, to the second; the start of 1970 if the peer is not there. */
    public Instant reputationAt(NodeId id) {
        int slot = table.find(id);
        return Instant.ofEpochSecond(slot < 0 ? 0 : Integer.toUnsignedLong(reputationAtSeconds[slot]));
    }

    /** When a connection was last made, to the second; the start of 1970 if never. */
    public Instant lastSuccess(NodeId id) {
        int slot = table.find(id);
        return Instant.ofEpochSecond(slot < 0 ? 0 : Integer.toUnsignedLong(lastSuccessSeconds[slot]));
    }

    private boolean has(NodeId id, int flag) {
        int slot = table.find(id);
        return slot >= 0 && (flags[slot] & flag) != 0;
    }

    private void grow(int slots) {
        schedule.grow(slots);
        flags = Arrays.copyOf(flags, slots);
        failures = Arrays.copyOf(failures, slots);
        reputation = Arrays.copyOf(reputation, slots);
        reputationAtSeconds = Arrays.copyOf(reputationAtSeconds, slots);
        lastSuccessSeconds = Arrays.copyOf(lastSuccessSeconds, slots);
    }

    /** Seconds since 1970 in 32 bits without a sign, which last until 2106. */
    private static int seconds(long millis) {
        return (int) Math.clamp(Math.floorDiv(millis, 1_000), 0, 0xffff_ffffL);
    }
}
