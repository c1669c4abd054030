package dev.p2p.api.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Copies a store record by record, with history; the oldest event of a peer goes first, as it was written. */
final class StoreCopy {

    private static final int BATCH = 1_000;
    private static final int ALL_EVENTS = Integer.MAX_VALUE;

    private final PeerStore from;
    private final PeerStore to;
    private final List<Change> batch = new ArrayList<>();
    private long peers;
    private long bans;
    private long events;

    StoreCopy(PeerStore from, PeerStore to) {
        this.from = from;
        this.to = to;
    }

    SalvageReport run() throws PeerStoreException {
        try (PeerStore.Scan scan = from.scan(PeerFilter.ALL)) {
            Optional<PeerRecord> peer = scan.next();
            while (peer.isPresent()) {
                copy(peer.get());
                peer = scan.next();
            }
        }
        from.blocks().forEach((block, mark) -> batch.add(new Change.Block(block, mark)));
        to.write(batch, Durability.SYNC);
        return new SalvageReport(peers, bans, events, from.verify().damaged());
    }

    private void copy(PeerRecord peer) throws PeerStoreException {
        batch.add(new Change.Put(peer));
        peers++;
        bans += peer.ban().isPresent() ? 1 : 0;
        for (HistoryEvent event : from.history(peer.id(), ALL_EVENTS).reversed()) {
            batch.add(new Change.Append(peer.id(), event));
            events++;
        }
        if (batch.size() >= BATCH) {
            to.write(List.copyOf(batch), Durability.ASYNC);
            batch.clear();
        }
    }
}
