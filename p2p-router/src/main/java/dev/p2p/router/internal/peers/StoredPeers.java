package dev.p2p.router.internal.peers;

import dev.p2p.api.NodeId;
import dev.p2p.api.store.PeerFilter;
import dev.p2p.api.store.PeerRecord;
import dev.p2p.api.store.PeerStore;
import dev.p2p.api.store.PeerStoreException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;

/** Reads what a store remembers of an earlier run, as much of it as there is room for. */
final class StoredPeers {

    private static final System.Logger LOG = System.getLogger(StoredPeers.class.getName());

    private StoredPeers() {}

    /**
     * The most useful of those that the store has, and all that are wanted or banned. Records that cannot be read are left out, but their
     * bans are found.
     *
     * @param most how many of those that are neither wanted nor banned
     */
    static List<PeerRecord> read(PeerStore store, int most) throws PeerStoreException {
        List<PeerRecord> kept = new ArrayList<>();
        PriorityQueue<PeerRecord> others = new PriorityQueue<>(Comparator.comparingLong(Ranking::worth));
        try (PeerStore.Scan scan = store.scan(PeerFilter.ALL)) {
            Optional<PeerRecord> peer = scan.next();
            while (peer.isPresent()) {
                boolean wanted =
                        !peer.get().flags().isEmpty() || peer.get().ban().isPresent();
                (wanted ? kept : others).add(peer.get());
                if (others.size() > most) {
                    others.remove();
                }
                peer = scan.next();
            }
            if (scan.damaged() > 0) {
                LOG.log(Level.WARNING, scan.damaged() + " records of the peer store cannot be read and are left out");
            }
        }
        kept.addAll(others);
        addBans(store, kept);
        return kept;
    }

    private static void addBans(PeerStore store, List<PeerRecord> kept) throws PeerStoreException {
        Set<NodeId> known = new HashSet<>();
        kept.forEach(peer -> known.add(peer.id()));
        try (PeerStore.Scan bans = store.scan(new PeerFilter.WithBan())) {
            Optional<PeerRecord> banned = bans.next();
            while (banned.isPresent()) {
                if (known.add(banned.get().id())) {
                    kept.add(banned.get());
                }
                banned = bans.next();
            }
        }
    }
}
