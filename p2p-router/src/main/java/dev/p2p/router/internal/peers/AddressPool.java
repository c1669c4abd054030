package dev.p2p.router.internal.peers;

import dev.p2p.api.AddressScope;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.api.store.AddressRecord;
import dev.p2p.api.store.PeerFlag;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What may be told to other peers: one address of each peer, by scope. One thread changes it, a change costs O(1); every thread
 * draws from it without waiting, at a cost that depends on how many are drawn only. A draw during a change may miss an address.
 */
final class AddressPool {

    private static final int SCOPES = AddressScope.values().length;
    private static final int FIRST_ROOM = 64;

    /** How many draws may hit the same address or the audience's own before fewer are told than asked for. */
    private static final int SPARE_DRAWS = 32;

    private final boolean tellUnverified;
    private final Shelf[] shelves = new Shelf[SCOPES];
    private volatile List<NodeAddress> own = List.of();

    /** @param tellUnverified whether addresses at which this node never was are told */
    AddressPool(boolean tellUnverified) {
        this.tellUnverified = tellUnverified;
        for (int i = 0; i < SCOPES; i++) {
            shelves[i] = new Shelf();
        }
    }

    /** What is told of this node itself, before everything else. */
    void own(List<NodeAddress> addresses) {
        own = List.copyOf(addresses);
    }

    /** Puts in, takes out or changes what is told of a peer. */
    void settle(PeerEntry entry) {
        NodeAddress wanted = tellable(entry);
        NodeAddress told = entry.told;
        if (wanted == told || (wanted != null && wanted.equals(told))) {
            return;
        }
        remove(entry);
        if (wanted != null) {
            shelf(wanted).add(entry, wanted);
        }
    }

    void remove(PeerEntry entry) {
        NodeAddress told = entry.told;
        if (told != null) {
            shelf(told).remove(entry);
        }
    }

    /** How many peers are told of. */
    int size() {
        int size = 0;
        for (Shelf shelf : shelves) {
            size += shelf.size;
        }
        return size;
    }

    /**
     * Addresses for a peer by lot, this node's own first: never the peer's own, never one of a narrower scope than the peer's.
     *
     * @param scope where the peer is
     */
    List<NodeAddress> draw(NodeId audience, AddressScope scope, int limit, RandomGenerator random) {
        List<NodeAddress> drawn = new ArrayList<>();
        for (NodeAddress address : own) {
            if (drawn.size() < limit && reaches(scope, address.scope())) {
                drawn.add(address);
            }
        }
        int[] sizes = new int[SCOPES];
        int total = 0;
        for (int i = 0; i < SCOPES; i++) {
            sizes[i] = reaches(scope, AddressScope.values()[i]) ? shelves[i].size : 0;
            total += sizes[i];
        }
        if (total <= 2 * limit) {
            drawFromAll(audience, limit, random, sizes, drawn);
        } else {
            drawSome(audience, limit, random, sizes, total, drawn);
        }
        return List.copyOf(drawn);
    }

    private void drawFromAll(NodeId audience, int limit, RandomGenerator random, int[] sizes, List<NodeAddress> drawn) {
        List<NodeAddress> all = new ArrayList<>();
        for (int i = 0; i < SCOPES; i++) {
            for (int at = 0; at < sizes[i]; at++) {
                NodeAddress address = shelves[i].at(at);
                if (address != null && !address.id().equals(audience)) {
                    all.add(address);
                }
            }
        }
        while (drawn.size() < limit && !all.isEmpty()) {
            int at = random.nextInt(all.size());
            NodeAddress last = all.removeLast();
            drawn.add(at == all.size() ? last : all.set(at, last));
        }
    }

    private void drawSome(
            NodeId audience, int limit, RandomGenerator random, int[] sizes, int total, List<NodeAddress> drawn) {
        Set<NodeId> seen = new HashSet<>();
        seen.add(audience);
        for (int draws = 4 * limit + SPARE_DRAWS; draws > 0 && drawn.size() < limit; draws--) {
            int at = random.nextInt(total);
            int scope = 0;
            while (at >= sizes[scope]) {
                at -= sizes[scope++];
            }
            NodeAddress address = shelves[scope].at(at);
            if (address != null && seen.add(address.id())) {
                drawn.add(address);
            }
        }
    }

    /** Whoever sits on a narrow scope reaches all wider ones as well. */
    private static boolean reaches(AddressScope audience, AddressScope address) {
        return address == AddressScope.NAME || address.compareTo(audience) >= 0;
    }

    /**
     * The address to tell: the one with the latest success; for a connected peer that this node never dialed, where it says that it
     * listens, if it came from that very host. Nothing of a private, banned or unfitting peer.
     */
    private @Nullable NodeAddress tellable(PeerEntry entry) {
        if (entry.has(PeerFlag.PRIVATE)
                || entry.record().ban().isPresent()
                || entry.record().incompatible().isPresent()) {
            return null;
        }
        AddressRecord best = null;
        List<AddressRecord> addresses = entry.record().addresses();
        for (int i = 0; i < addresses.size(); i++) {
            AddressRecord address = addresses.get(i);
            if (mayBeTold(entry, address) && (best == null || later(address, best))) {
                best = address;
            }
        }
        return best == null ? null : best.address();
    }

    private boolean mayBeTold(PeerEntry entry, AddressRecord address) {
        return address.lastSuccess().isPresent()
                || (tellUnverified && address.failures() == 0)
                || (entry.live != null
                        && address.failures() == 0
                        && address.address().equals(entry.live.listens)
                        && SelfReport.cameFrom(entry.live, address.address()));
    }

    private static boolean later(AddressRecord one, AddressRecord other) {
        return one.lastSuccess().isPresent()
                && (other.lastSuccess().isEmpty()
                        || one.lastSuccess().get().isAfter(other.lastSuccess().get()));
    }

    private Shelf shelf(NodeAddress address) {
        return shelves[address.scope().ordinal()];
    }

    /** The addresses of one scope, without gaps. */
    private static final class Shelf {

        private volatile AtomicReferenceArray<@Nullable PeerEntry> places = new AtomicReferenceArray<>(FIRST_ROOM);
        private volatile int size;

        @Nullable
        NodeAddress at(int index) {
            AtomicReferenceArray<@Nullable PeerEntry> now = places;
            PeerEntry entry = index < now.length() ? now.get(index) : null;
            return entry == null ? null : entry.told;
        }

        @SuppressWarnings("NonAtomicOperationOnVolatileField") // one thread writes
        void add(PeerEntry entry, NodeAddress address) {
            if (size == places.length()) {
                AtomicReferenceArray<@Nullable PeerEntry> larger = new AtomicReferenceArray<>(2 * size);
                for (int i = 0; i < size; i++) {
                    larger.setPlain(i, places.getPlain(i));
                }
                places = larger;
            }
            entry.told = address;
            entry.toldAt = size;
            places.setRelease(size, entry);
            size++;
        }

        @SuppressWarnings("NonAtomicOperationOnVolatileField") // one thread writes
        void remove(PeerEntry entry) {
            PeerEntry last = places.getPlain(size - 1);
            size--;
            if (last != null && last != entry) {
                last.toldAt = entry.toldAt;
                places.setRelease(entry.toldAt, last);
            }
            places.setRelease(size, null);
            entry.told = null;
        }
    }
}
