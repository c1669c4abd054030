package dev.p2p.cli.target;

import dev.p2p.api.NodeId;
import dev.p2p.api.store.Change;
import dev.p2p.api.store.Durability;
import dev.p2p.api.store.HistoryEvent;
import dev.p2p.api.store.PeerFilter;
import dev.p2p.api.store.PeerRecord;
import dev.p2p.api.store.PeerStore;
import dev.p2p.api.store.PeerStoreException;
import dev.p2p.api.store.PeerStoreProvider.Access;
import dev.p2p.api.store.StoreStats;
import dev.p2p.cli.listing.Selection;
import dev.p2p.cli.peerdata.BanRow;
import dev.p2p.cli.peerdata.Outcome;
import dev.p2p.cli.peerdata.PeerEvent;
import dev.p2p.cli.peerdata.PeerExplanation;
import dev.p2p.cli.peerdata.PeerOrder;
import dev.p2p.cli.peerdata.PeerRow;
import dev.p2p.cli.peerdata.PeerSource;
import dev.p2p.cli.peerdata.Taking;
import dev.p2p.router.control.MergeRule;
import dev.p2p.router.control.PeerMemory;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The peers of a store. */
public final class StoreSource implements PeerSource {

    private static final int EXPLAINED_EVENTS = 10;

    /** More than a store keeps of one peer. */
    static final int ALL_EVENTS = PeerMemory.MAX_EVENTS;

    /** Up to so many peers are counted one by one just to say how many are not shown. */
    private static final int COUNTED_PEERS = 200_000;

    private final StoreFolder place;
    private final Access access;
    private final InstantSource clock;
    private final String remark;
    private PeerStore store;

    private StoreSource(StoreFolder place, Access access, InstantSource clock, String remark) {
        this.remark = remark;
        this.place = place;
        this.access = access;
        this.clock = clock;
        this.store = place.open(access);
    }

    public static StoreSource open(StoreFolder place, Access access, InstantSource clock) {
        return new StoreSource(place, access, clock, "offline");
    }

    /** A store that is not there: empty, and nothing written to it is kept. To tell what would happen if it were made. */
    static StoreSource imagined(StoreFolder place, InstantSource clock) {
        StoreFolder nowhere = new StoreFolder(place.folder(), StoreFolder.IN_MEMORY, Optional.empty());
        return new StoreSource(nowhere, Access.READ_WRITE, clock, "not there yet");
    }

    @Override
    public String name() {
        return "store " + place.folder() + " (" + remark + ")";
    }

    @Override
    public boolean live() {
        return false;
    }

    /** A store that is only read shows it as it was when it was opened. */
    @Override
    public void refresh() {
        if (access == Access.READ_ONLY) {
            close();
            store = place.open(access);
        }
    }

    @Override
    public long peers(Selection<PeerRow> selection) {
        long offered = 0;
        try (PeerStore.Scan scan = store.scan(PeerFilter.ALL)) {
            while (!selection.satisfied()) {
                Optional<PeerRecord> peer = scan.next();
                if (peer.isEmpty()) {
                    return scan.damaged();
                }
                selection.offer(PeerRow.stored(peer.get()));
                offered++;
            }
            count(selection, offered + scan.damaged());
            return scan.damaged();
        } catch (PeerStoreException e) {
            throw place.failure(e);
        }
    }

    /** Counts the rest, which is much faster than to read it; of a large store, asks it how many there are about. */
    private void count(Selection<PeerRow> selection, long offered) throws PeerStoreException {
        long about = store.stats().approximatePeers();
        if (about > COUNTED_PEERS) {
            selection.skipAbout(Math.max(0, about - offered));
        } else {
            selection.skip(Math.max(0, store.count() - offered));
        }
    }

    @Override
    public Optional<PeerRow> peer(NodeId id) {
        try {
            return store.get(id).map(PeerRow::stored);
        } catch (PeerStoreException e) {
            throw place.failure(e);
        }
    }

    @Override
    public List<NodeId> beginningWith(String digits, int limit) {
        NodeId first = NodeId.parse(digits + "0".repeat(NodeId.HEX_DIGITS - digits.length()));
        List<NodeId> found = new ArrayList<>();
        try (PeerStore.Scan scan = store.scan(new PeerFilter.From(first))) {
            Optional<PeerRecord> peer = scan.next();
            while (peer.isPresent() && found.size() < limit && begins(peer.get(), digits)) {
                found.add(peer.get().id());
                peer = scan.next();
            }
        } catch (PeerStoreException e) {
            throw place.failure(e);
        }
        return found;
    }

    @Override
    public List<PeerEvent> history(NodeId id, int limit) {
        return past(id, limit).stream().map(event -> PeerEvent.of(id, event)).toList();
    }

    @Override
    public List<HistoryEvent> remembered(NodeId id) {
        return past(id, ALL_EVENTS);
    }

    private List<HistoryEvent> past(NodeId id, int limit) {
        try {
            return store.history(id, limit);
        } catch (PeerStoreException e) {
            throw place.failure(e);
        }
    }

    @Override
    public PeerExplanation explain(NodeId id) {
        return StoredExplanation.of(id, peer(id), history(id, EXPLAINED_EVENTS), clock.instant());
    }

    @Override
    public Optional<StoreStats> storeStats() {
        try {
            return Optional.of(store.stats());
        } catch (PeerStoreException e) {
            throw place.failure(e);
        }
    }

    @Override
    public List<BanRow> bans() {
        List<BanRow> bans = new ArrayList<>();
        try (PeerStore.Scan scan = store.scan(new PeerFilter.WithBan())) {
            Optional<PeerRecord> peer = scan.next();
            while (peer.isPresent()) {
                String id = peer.get().id().toString();
                peer.get().ban().ifPresent(mark -> bans.add(new BanRow(id, false, mark)));
                peer = scan.next();
            }
            store.blocks().forEach((block, mark) -> bans.add(new BanRow(block.toString(), true, mark)));
        } catch (PeerStoreException e) {
            throw place.failure(e);
        }
        return bans;
    }

    @Override
    public List<Outcome> carryOut(List<PeerOrder> orders, boolean dryRun) {
        try {
            StoreOrders plan = new StoreOrders(store, clock.instant());
            List<Outcome> outcomes = new ArrayList<>();
            for (PeerOrder order : orders) {
                outcomes.add(plan.add(order));
            }
            write(plan.changes(), dryRun);
            return outcomes;
        } catch (PeerStoreException e) {
            throw place.failure(e);
        }
    }

    @Override
    public List<Taking> takeIn(List<PeerMemory> peers, MergeRule rule, boolean dryRun) {
        try {
            StoreMerge merge = StoreMerge.of(peers, store, rule, clock.instant());
            write(merge.changes(), dryRun);
            return merge.takings();
        } catch (PeerStoreException e) {
            throw place.failure(e);
        }
    }

    /** Writes changes: all or none, safely on disk. */
    private void write(List<Change> changes, boolean dryRun) {
        if (dryRun || changes.isEmpty()) {
            return;
        }
        try {
            store.write(changes, Durability.SYNC);
        } catch (PeerStoreException e) {
            throw place.failure(e);
        }
    }

    @Override
    public void close() {
        try {
            store.close();
        } catch (PeerStoreException e) {
            throw place.failure(e);
        }
    }

    private static boolean begins(PeerRecord peer, String digits) {
        return peer.id().toString().startsWith(digits);
    }
}
