package dev.p2p.router.internal.link;

import dev.p2p.api.NodeId;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The node's live connections by peer. At most one for each: the peer manager sees to that. Safe to use from every thread. */
public final class LinkTable {

    private final ConcurrentHashMap<NodeId, Link> links = new ConcurrentHashMap<>();
    private volatile boolean closed = true;

    /** The current connection to a peer, or null. */
    public @Nullable Link current(NodeId id) {
        return links.get(id);
    }

    /** All of them, in no order. */
    public Collection<Link> all() {
        return links.values();
    }

    /** All of them, oldest first. */
    public List<Link> inOrder() {
        return links.values().stream()
                .sorted(Comparator.comparingLong(link -> link.peer().connection()))
                .toList();
    }

    /** Whether nothing can be sent: the node has not started yet, or is closing. */
    public boolean closed() {
        return closed;
    }

    /** Lets reactors send from now on. */
    public void open() {
        closed = false;
    }

    /** Lets nobody send any more. */
    public void close() {
        closed = true;
    }

    public void add(Link link) {
        links.put(link.peer().id(), link);
    }

    /** Removes this connection, but not its successor. */
    public void remove(Link link) {
        links.remove(link.peer().id(), link);
    }
}
