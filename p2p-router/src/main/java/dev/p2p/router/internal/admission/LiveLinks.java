package dev.p2p.router.internal.admission;

import dev.p2p.api.PeerRef;
import dev.p2p.api.Reason;
import dev.p2p.router.internal.link.Link;
import dev.p2p.router.internal.link.LinkTable;
import dev.p2p.router.internal.peers.Input;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** What the peer manager wants of connections that are live. Whoever is not connected any more is passed over. */
final class LiveLinks {

    /** How long a sign of life may take. */
    private static final long PROBE_MILLIS = 2_000;

    private final LinkTable links;
    private final ScheduledExecutorService timer;
    private final Consumer<Input> manager;

    LiveLinks(LinkTable links, ScheduledExecutorService timer, Consumer<Input> manager) {
        this.links = links;
        this.timer = timer;
        this.manager = manager;
    }

    void close(PeerRef peer, Reason reason) {
        find(peer).ifPresent(link -> link.close(reason));
    }

    void release(PeerRef peer) {
        find(peer).ifPresent(Link::release);
    }

    /** The old connection has a moment to show that it lives: it answers a ping, or anything at all arrives on it meanwhile. */
    void probe(PeerRef peer) {
        find(peer).ifPresentOrElse(link -> probe(peer, link), () -> manager.accept(new Input.Probed(peer, false)));
    }

    private void probe(PeerRef peer, Link link) {
        long before = link.bytesRead();
        Future<?> limit = timer.schedule(
                () -> manager.accept(new Input.Probed(peer, link.bytesRead() > before)),
                PROBE_MILLIS,
                TimeUnit.MILLISECONDS);
        link.ping().thenRun(() -> {
            if (limit.cancel(false)) {
                manager.accept(new Input.Probed(peer, true));
            }
        });
    }

    private Optional<Link> find(PeerRef peer) {
        return Optional.ofNullable(links.current(peer.id()))
                .filter(link -> link.peer().equals(peer));
    }
}
