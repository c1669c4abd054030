package dev.p2p.api.store;

import dev.p2p.api.IpBlock;
import dev.p2p.api.NodeId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Durable records of peers. Safe to use from several threads. Every method throws {@link IllegalStateException} after
 * {@link #close()}.
 */
public interface PeerStore extends AutoCloseable {

    /** One peer's record. */
    Optional<PeerRecord> get(NodeId id) throws PeerStoreException;

    /**
     * Walks over the records in the order of their identities, as they were when the walk began. Loads them one by one.
     * A damaged record is skipped; {@link #verify()} tells of it.
     */
    Scan scan(PeerFilter filter) throws PeerStoreException;

    /**
     * Applies changes: all or none, in order. If it throws, none is applied.
     *
     * @param durability when the call may return
     */
    void write(List<Change> changes, Durability durability) throws PeerStoreException;

    /**
     * What happened with a peer, newest first.
     *
     * @param limit how many at most, at least 1
     */
    List<HistoryEvent> history(NodeId id, int limit) throws PeerStoreException;

    /** The banned ranges of IP addresses with the ends and reasons of their bans, ended or not. A damaged one is left out. */
    Map<IpBlock, Mark> blocks() throws PeerStoreException;

    /** Reads everything and reports what is damaged. Changes nothing. */
    VerifyReport verify() throws PeerStoreException;

    /** Makes all acknowledged changes durable and frees the store. May be called again. */
    @Override
    void close() throws PeerStoreException;

    /** A walk over records. Used by one thread; closed when done. */
    interface Scan extends AutoCloseable {

        /** The next record, or empty at the end. */
        Optional<PeerRecord> next() throws PeerStoreException;

        @Override
        void close();
    }
}
