package dev.p2p.api.store;

import dev.p2p.api.IpBlock;
import dev.p2p.api.NodeId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Durable records of peers. Safe to use from several threads. Every method throws {@link IllegalStateException} after
 * {@link #close()}.
 *
 * <p>Threads: any method may wait for a disk, and a store in native code holds its thread meanwhile; a virtual thread then
 * holds its carrier. The router calls {@link #write} from one thread of the platform ({@code p2p-store}), and reads only while it
 * starts, on the thread that starts it. Whoever calls from elsewhere uses a thread of the platform too.
 */
public interface PeerStore extends AutoCloseable {

    /**
     * One peer's record.
     *
     * @throws PeerStoreException also if just this record is damaged
     */
    Optional<PeerRecord> get(NodeId id) throws PeerStoreException;

    /**
     * Walks over the records in the order of their identities, as they were when the walk began. Loads them one by one.
     * What is damaged is skipped and counted; {@link #verify()} tells of it. A ban whose record is damaged is still found by
     * {@link PeerFilter.WithBan}.
     */
    Scan scan(PeerFilter filter) throws PeerStoreException;

    /**
     * Walks over all records in the order of their identities without building them: a store may do this several times faster
     * than {@link #scan}. Damaged records are skipped.
     *
     * @param to is called for each on the calling thread; must not call the store
     * @return how many were skipped because they are damaged
     */
    default long summarise(Consumer<PeerSummary> to) throws PeerStoreException {
        try (Scan scan = scan(PeerFilter.ALL)) {
            Optional<PeerRecord> peer = scan.next();
            while (peer.isPresent()) {
                to.accept(PeerSummary.of(peer.get()));
                peer = scan.next();
            }
            return scan.damaged();
        }
    }

    /**
     * Counts the records without reading them: a store may do this many times faster than {@link #scan}. A damaged record counts, unless the
     * file around it is damaged too.
     */
    default long count() throws PeerStoreException {
        long[] records = new long[1];
        return summarise(_ -> records[0]++) + records[0];
    }

    /**
     * Applies changes: all or none, in order. If it throws, none is applied, except that a disk that fails at that very moment may
     * turn out to hold them after all; writing them again is right in both cases. A store that could not write because its
     * disk was full takes changes again when there is space.
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

    /** Reads every record and event and reports what is damaged. Changes nothing. */
    default VerifyReport verify() throws PeerStoreException {
        return verify(VerifyReport.Depth.RECORDS);
    }

    /** Reads everything and reports what is damaged. Changes nothing. Never throws for what it finds damaged. */
    VerifyReport verify(VerifyReport.Depth depth) throws PeerStoreException;

    /** Gives back the space of what was replaced and forgotten. May take long; others may use the store meanwhile. */
    CompactReport compact() throws PeerStoreException;

    /** What the store knows of itself without reading its records. */
    StoreStats stats() throws PeerStoreException;

    /** Makes all acknowledged changes durable and frees the store. May be called again. */
    @Override
    void close() throws PeerStoreException;

    /** A walk over records. Used by one thread; closed when done. */
    interface Scan extends AutoCloseable {

        /** The next record, or empty at the end. */
        Optional<PeerRecord> next() throws PeerStoreException;

        /** How many damaged records, or damaged stretches of records, were skipped so far. */
        default long damaged() {
            return 0;
        }

        @Override
        void close();
    }
}
