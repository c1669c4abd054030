package dev.p2p.cli.peerdata;

import dev.p2p.api.NodeId;
import dev.p2p.api.store.HistoryEvent;
import dev.p2p.cli.listing.Selection;
import java.util.List;
import java.util.Optional;

/** What answers questions about peers: a store, or a running node. Every method may fail with a {@code Failure}. */
public interface PeerSource extends AutoCloseable {

    /** What it is, for people. */
    String name();

    /** Whether it is a running node. */
    boolean live();

    /** Offers all peers, in the order of their identities. */
    void peers(Selection<PeerRow> selection);

    /** One peer. */
    Optional<PeerRow> peer(NodeId id);

    /**
     * Peers whose identity begins with these digits.
     *
     * @param limit how many at most
     */
    List<NodeId> beginningWith(String digits, int limit);

    /** What happened with a peer, newest first. */
    List<HistoryEvent> history(NodeId id, int limit);

    /** Bans of peers and of ranges of addresses; those of a store also when they have ended. */
    List<BanRow> bans();

    /**
     * Carries out orders, those that can be: all of these or, if it fails, none.
     *
     * @param dryRun only tell what would happen
     */
    List<Outcome> carryOut(List<PeerOrder> orders, boolean dryRun);

    @Override
    void close();
}
