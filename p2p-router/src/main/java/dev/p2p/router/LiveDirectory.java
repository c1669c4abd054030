package dev.p2p.router;

import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.api.PeerRef;
import dev.p2p.api.reactor.PeerDirectory;
import dev.p2p.api.reactor.PeerView;
import dev.p2p.api.store.Source;
import dev.p2p.router.internal.link.Link;
import dev.p2p.router.internal.link.LinkTable;
import dev.p2p.router.internal.peers.Input;
import dev.p2p.router.internal.peers.PeerDriver;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What reactors and programs see of a node's peers. Knows nobody before the node starts. */
final class LiveDirectory implements PeerDirectory {

    private final LinkTable links;
    private final RandomGenerator random;
    private volatile @Nullable PeerDriver driver;

    LiveDirectory(LinkTable links, RandomGenerator random) {
        this.links = links;
        this.random = random;
    }

    void started(PeerDriver value) {
        driver = value;
    }

    @Override
    public List<PeerView> connected() {
        return links.inOrder().stream().map(Link::view).toList();
    }

    @Override
    public Optional<PeerView> connected(NodeId id) {
        return Optional.ofNullable(links.current(id)).map(Link::view);
    }

    @Override
    public int known() {
        PeerDriver running = driver;
        return running == null ? 0 : running.known();
    }

    @Override
    public void learn(NodeAddress address, PeerRef source) {
        PeerDriver running = driver;
        if (running != null) {
            running.submit(new Input.Learn(address, new Source.Exchange(source.id())));
        }
    }

    @Override
    public List<NodeAddress> sample(PeerRef audience, int limit) {
        PeerDriver running = driver;
        Link link = links.current(audience.id());
        if (running == null || limit <= 0) {
            return List.of();
        }
        return running.sample(
                audience.id(), Optional.ofNullable(link).map(l -> l.view().remote()), limit, random);
    }
}
