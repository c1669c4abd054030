package dev.p2p.cli.exchange;

import dev.p2p.api.store.Change;
import dev.p2p.api.store.PeerRecord;
import dev.p2p.api.store.PeerStore;
import dev.p2p.api.store.PeerStoreException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What records would change in a store, worked out before anything is written.
 *
 * @param changes the changes, to be written all at once
 * @param added peers that are new
 * @param updated peers that change
 * @param unchanged peers of which nothing is new
 */
public record Merge(List<Change> changes, int added, int updated, int unchanged) {

    /** Works it out. */
    public static Merge of(List<PeerRecord> told, PeerStore store, MergeRule rule) throws PeerStoreException {
        List<Change> changes = new ArrayList<>();
        int added = 0;
        int unchanged = 0;
        for (PeerRecord peer : told) {
            Optional<PeerRecord> known = store.get(peer.id());
            PeerRecord result = known.isEmpty() ? peer : rule.merge(known.get(), peer);
            if (known.isPresent() && known.get().equals(result)) {
                unchanged++;
                continue;
            }
            changes.add(new Change.Put(result));
            added += known.isEmpty() ? 1 : 0;
        }
        return new Merge(changes, added, changes.size() - added, unchanged);
    }

    /** The counts, for people and programs. */
    public Map<String, Object> counts() {
        Map<String, Object> counts = new LinkedHashMap<>();
        counts.put("added", added);
        counts.put("updated", updated);
        counts.put("unchanged", unchanged);
        return counts;
    }
}
