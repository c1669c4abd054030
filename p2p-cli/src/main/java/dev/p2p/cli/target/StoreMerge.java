package dev.p2p.cli.target;

import dev.p2p.api.store.Change;
import dev.p2p.api.store.HistoryEvent;
import dev.p2p.api.store.PeerRecord;
import dev.p2p.api.store.PeerStore;
import dev.p2p.api.store.PeerStoreException;
import dev.p2p.cli.peerdata.Taking;
import dev.p2p.cli.peerdata.Taking.Status;
import dev.p2p.router.control.MergeRule;
import dev.p2p.router.control.PeerMemory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What would change in a store that takes peers in, worked out before anything is written.
 *
 * @param changes the changes, to be written all at once
 * @param takings what becomes of each peer
 */
record StoreMerge(List<Change> changes, List<Taking> takings) {

    /** Works it out. No peer stands twice in what is told. */
    static StoreMerge of(List<PeerMemory> told, PeerStore store, MergeRule rule, Instant now)
            throws PeerStoreException {
        StoreMerge merge = new StoreMerge(new ArrayList<>(), new ArrayList<>());
        for (PeerMemory peer : told) {
            Status status = merge.add(peer.until(now), store.get(peer.record().id()), rule);
            merge.takings.add(new Taking(peer.record().id(), status, ""));
        }
        return merge;
    }

    private Status add(PeerMemory told, Optional<PeerRecord> known, MergeRule rule) {
        if (known.isEmpty()) {
            changes.add(new Change.Put(told.record()));
            append(told);
            return Status.ADDED;
        }
        PeerRecord result = rule.merge(known.get(), told.record());
        boolean history = !told.history().isEmpty() && rule.takesHistory(known.get(), told.record());
        if (!history && result.equals(known.get())) {
            return Status.UNCHANGED;
        }
        if (history) {
            changes.add(new Change.Delete(result.id()));
        }
        changes.add(new Change.Put(result));
        if (history) {
            append(told);
        }
        return Status.UPDATED;
    }

    /** Oldest first, so that they are numbered in their order. */
    private void append(PeerMemory told) {
        for (HistoryEvent event : told.history().reversed()) {
            changes.add(new Change.Append(told.record().id(), event));
        }
    }
}
