package dev.p2p.benchmarks;

import dev.p2p.api.HostPort;
import dev.p2p.api.NetEndpoint;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeKey;
import dev.p2p.api.reactor.ReactorProvider;
import dev.p2p.api.store.AddressRecord;
import dev.p2p.api.store.Change;
import dev.p2p.api.store.Durability;
import dev.p2p.api.store.PeerRecord;
import dev.p2p.api.store.PeerStore;
import dev.p2p.api.store.PeerStoreProvider;
import dev.p2p.api.store.Source;
import dev.p2p.router.Router;
import dev.p2p.router.RouterLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.ServiceLoader;

/**
 * Complete nodes on loopback that answer with peer exchange. Each remembers that it once met some of the others, which have died
 * since or not, and so tells of them; it dials nobody.
 */
final class HalfDeadNetwork implements AutoCloseable {

    /** How many others each node remembers. */
    private static final int REMEMBERED = 80;

    private final List<Router> living = new ArrayList<>();
    private final List<NodeKey> keys = new ArrayList<>();
    private final List<Socket> taken = new ArrayList<>();
    private final List<NodeAddress> addresses = new ArrayList<>();

    /** @param nodes dead and living; every second one is dead */
    HalfDeadNetwork(int nodes) throws Exception {
        SecureRandom random = new SecureRandom();
        for (int i = 0; i < nodes; i++) {
            keys.add(NodeKey.generate(random));
        }
        takePorts();
        Random choice = new Random(1);
        for (int i = 0; i < nodes; i += 2) {
            taken.get(i).close();
            start(i, choice);
        }
    }

    /** Where to begin: {@code ID@HOST:PORT} of a living node. */
    String start() {
        NodeAddress first = addresses.getFirst();
        return first.id() + "@" + first.host() + ":" + first.port();
    }

    int living() {
        return living.size();
    }

    @Override
    public void close() throws IOException {
        living.parallelStream().forEach(Router::close);
        for (Socket socket : taken) {
            socket.close();
        }
    }

    /** A port for each node. Those of the dead stay taken without a listener, so the kernel refuses whoever dials them. */
    private void takePorts() throws IOException {
        for (NodeKey key : keys) {
            Socket socket = new Socket();
            taken.add(socket);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            addresses.add(NodeAddress.of(key.id(), new HostPort("127.0.0.1", socket.getLocalPort())));
        }
    }

    private void start(int number, Random choice) throws Exception {
        NetEndpoint place = new NetEndpoint(
                "tcp", InetAddress.getLoopbackAddress(), addresses.get(number).port());
        Router node = Router.builder(keys.get(number), "crawl-bench")
                .moniker("node-" + number)
                .version(number % 6 == 0 ? "0.38.21" : "0.40.0")
                .listen(place)
                .limits(RouterLimits.STANDARD.withPeers(40, 0))
                .store(store(number, choice))
                .reactor(pex())
                .build();
        node.start();
        living.add(node);
    }

    private PeerStore store(int number, Random choice) throws Exception {
        PeerStore store = ServiceLoader.load(PeerStoreProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.name().equals("memory"))
                .findFirst()
                .orElseThrow()
                .open(Path.of("unused"), PeerStoreProvider.Access.READ_WRITE);
        Instant now = Instant.now();
        List<Change> changes = new ArrayList<>();
        // The next two living nodes and the next dead one, so that everybody is known to somebody; the rest by chance.
        List<Integer> remembered = new ArrayList<>(List.of(number + 1, number + 2, number + 4));
        while (remembered.size() < REMEMBERED) {
            remembered.add(choice.nextInt(keys.size()));
        }
        for (int other :
                remembered.stream().map(n -> n % keys.size()).distinct().toList()) {
            if (other != number) {
                NodeAddress address = addresses.get(other);
                changes.add(new Change.Put(PeerRecord.unknown(address.id(), now)
                        .withAddresses(List.of(AddressRecord.heard(address, new Source.Operator(), now)
                                .succeeded(now)))));
            }
        }
        store.write(changes, Durability.ASYNC);
        return store;
    }

    private static ReactorProvider pex() {
        return ServiceLoader.load(ReactorProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.name().equals("pex"))
                .findFirst()
                .orElseThrow();
    }
}
