package dev.p2p.router.internal.store;

import dev.p2p.api.IpBlock;
import dev.p2p.api.NodeId;
import dev.p2p.api.store.Change;
import dev.p2p.api.store.CompactReport;
import dev.p2p.api.store.Durability;
import dev.p2p.api.store.HistoryEvent;
import dev.p2p.api.store.Mark;
import dev.p2p.api.store.PeerFilter;
import dev.p2p.api.store.PeerRecord;
import dev.p2p.api.store.PeerStore;
import dev.p2p.api.store.StoreStats;
import dev.p2p.api.store.VerifyReport;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Records in a sorted map. Safe to use from several threads: each operation holds the object's monitor for a moment. */
public final class MemoryPeerStore implements PeerStore {

    private static final int SCHEMA = 1;
    private static final int MAX_EVENTS = 512;

    private final TreeMap<NodeId, PeerRecord> peers = new TreeMap<>();
    private final Map<NodeId, ArrayDeque<HistoryEvent>> history = new HashMap<>();
    private final Map<IpBlock, Mark> blocks = new HashMap<>();
    private boolean closed;

    @Override
    public synchronized Optional<PeerRecord> get(NodeId id) {
        requireOpen();
        return Optional.ofNullable(peers.get(id));
    }

    @Override
    public synchronized Scan scan(PeerFilter filter) {
        requireOpen();
        Iterator<PeerRecord> snapshot =
                peers.values().stream().filter(filter::matches).toList().iterator();
        return new Scan() {
            @Override
            public Optional<PeerRecord> next() {
                return snapshot.hasNext() ? Optional.of(snapshot.next()) : Optional.empty();
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public synchronized void write(List<Change> changes, Durability durability) {
        requireOpen();
        changes.forEach(this::apply);
    }

    @Override
    public synchronized List<HistoryEvent> history(NodeId id, int limit) {
        requireOpen();
        ArrayDeque<HistoryEvent> events = history.get(id);
        return events == null ? List.of() : events.stream().limit(limit).toList();
    }

    @Override
    public synchronized Map<IpBlock, Mark> blocks() {
        requireOpen();
        return Map.copyOf(blocks);
    }

    @Override
    public synchronized VerifyReport verify(VerifyReport.Depth depth) {
        requireOpen();
        return new VerifyReport(peers.size(), events(), List.of());
    }

    @Override
    public synchronized CompactReport compact() {
        requireOpen();
        return new CompactReport(0, 0);
    }

    @Override
    public synchronized StoreStats stats() {
        requireOpen();
        return new StoreStats(SCHEMA, peers.size(), events(), 0, Map.of());
    }

    @Override
    public synchronized void close() {
        closed = true;
    }

    private void apply(Change change) {
        switch (change) {
            case Change.Put(var peer) -> peers.put(peer.id(), peer);
            case Change.Delete(var id) -> {
                peers.remove(id);
                history.remove(id);
            }
            case Change.Block(var block, var mark) -> blocks.put(block, mark);
            case Change.Unblock(var block) -> blocks.remove(block);
            case Change.Append(var id, var event) -> {
                ArrayDeque<HistoryEvent> events = history.computeIfAbsent(id, key -> new ArrayDeque<>());
                events.addFirst(event);
                if (events.size() > MAX_EVENTS) {
                    events.removeLast();
                }
            }
        }
    }

    private long events() {
        return history.values().stream().mapToLong(ArrayDeque::size).sum();
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the store is closed");
        }
    }
}
