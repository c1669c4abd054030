package dev.p2p.cli.peerdata;

import dev.p2p.api.NodeId;
import dev.p2p.api.store.HistoryEvent;
import dev.p2p.api.store.StoreStats;
import dev.p2p.cli.listing.Selection;
import dev.p2p.router.control.MergeRule;
import dev.p2p.router.control.PeerMemory;
import java.util.List;
import java.util.Optional;

/** What answers questions about peers: a store, or a running node. Every method may fail with a {@code Failure}. */
public interface PeerSource extends AutoCloseable {

    /** What it is, for people. */
    String name();

    /** Whether it is a running node. */
    boolean live();

    /** Sees what others changed since it was opened. */
    default void refresh() {}

    /**
     * Offers all peers, in the order of their identities.
     *
     * @return how many are damaged and were passed over
     */
    long peers(Selection<PeerRow> selection);

    /** One peer. */
    Optional<PeerRow> peer(NodeId id);

    /**
     * Peers whose identity begins with these digits.
     *
     * @param limit how many at most
     */
    List<NodeId> beginningWith(String digits, int limit);

    /** What happened with a peer, newest first. */
    List<PeerEvent> history(NodeId id, int limit);

    /** Why a peer stands where it stands, and what happens next. */
    PeerExplanation explain(NodeId id);

    /** What the store knows of itself; empty if a running node cannot tell. */
    Optional<StoreStats> storeStats();

    /** Bans of peers and of ranges of addresses; those of a store also when they have ended. */
    List<BanRow> bans();

    /**
     * Carries out orders, those that can be: all of these or, if it fails, none.
     *
     * @param dryRun only tell what would happen
     */
    List<Outcome> carryOut(List<PeerOrder> orders, boolean dryRun);

    /**
     * Takes in what is remembered elsewhere. A store takes all of it or, if it fails, nothing; a running node peer by peer, and if it
     * fails in the middle, the failure says how far it came.
     *
     * @param dryRun only tell what would happen
     * @return for each, in the order given, what became of it
     */
    List<Taking> takeIn(List<PeerMemory> peers, MergeRule rule, boolean dryRun);

    /** What a store remembers of a peer's past, newest first; empty for a running node whose store is not at hand. */
    List<HistoryEvent> remembered(NodeId id);

    /** Who the node is, if that is known. */
    default Optional<NodeId> self() {
        return Optional.empty();
    }

    @Override
    void close();
}
