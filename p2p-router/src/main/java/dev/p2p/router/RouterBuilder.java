package dev.p2p.router;

import dev.p2p.api.AddressScope;
import dev.p2p.api.Endpoint;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.api.NodeKey;
import dev.p2p.api.reactor.Reactor;
import dev.p2p.api.reactor.ReactorProvider;
import dev.p2p.api.reactor.ReactorSetup;
import dev.p2p.api.store.PeerFlag;
import dev.p2p.api.store.PeerStore;
import dev.p2p.api.transport.StreamProtocolProvider;
import dev.p2p.api.transport.TransportProvider;
import dev.p2p.router.internal.peers.AddressLife;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Collects what a node is made of. Used by one thread, once. Whatever is not given comes from {@link ServiceLoader}
 * (transports, the stream protocol) or has the default that its method names.
 */
public final class RouterBuilder {

    /** The clock of a node that is given none. */
    static final InstantSource SYSTEM_CLOCK = InstantSource.system();

    final NodeKey key;
    final String network;
    final List<TransportProvider> transports = new ArrayList<>();
    final Map<String, String> transportSettings = new HashMap<>();
    final List<Endpoint> listen = new ArrayList<>();
    final List<NodeAddress> persistentPeers = new ArrayList<>();
    final List<NodeAddress> seeds = new ArrayList<>();
    final Map<NodeId, Set<PeerFlag>> peerFlags = new HashMap<>();
    final Map<ReactorProvider, Map<String, String>> reactors = new LinkedHashMap<>();
    final Map<Class<?>, Object> services = new HashMap<>();
    Optional<StreamProtocolProvider> streamProtocol = Optional.empty();
    Optional<AddressScope> narrowestScope = Optional.empty();
    Optional<String> advertised = Optional.empty();
    OptionalInt lowestPort = OptionalInt.empty();
    Optional<AddressLife> addressLife = Optional.empty();
    String moniker;
    String version = "";
    RouterLimits limits = RouterLimits.STANDARD;
    ReactorFailure onReactorFailure = ReactorFailure.RESTART_REACTOR;
    InstantSource clock = SYSTEM_CLOCK;

    @Nullable
    PeerStore store;

    @Nullable
    SecureRandom random;

    RouterBuilder(NodeKey key, String network) {
        this.key = key;
        this.network = network;
        this.moniker = key.id().shortText();
    }

    /** Adds a transport. Without any, all that {@link ServiceLoader} finds are used. */
    public RouterBuilder transport(TransportProvider provider) {
        transports.add(provider);
        return this;
    }

    /** A setting for the transports; what there is, each transport documents. */
    public RouterBuilder transportSetting(String key, String value) {
        transportSettings.put(key, value);
        return this;
    }

    /** The protocol for transports that are byte streams. Without it the first that {@link ServiceLoader} finds is used. */
    public RouterBuilder streamProtocol(StreamProtocolProvider provider) {
        streamProtocol = Optional.of(provider);
        return this;
    }

    /** A place to listen on; may be called several times. Without any, the node only dials. */
    public RouterBuilder listen(Endpoint endpoint) {
        listen.add(endpoint);
        return this;
    }

    /** What the node tells others of where it listens, {@code host:port}. Default: the first place it listens on. */
    public RouterBuilder advertise(String listenAddress) {
        advertised = Optional.of(listenAddress);
        return this;
    }

    /** A peer to stay connected to: dialed at the start and again whenever the connection is lost, without end. */
    public RouterBuilder persistentPeer(NodeAddress address) {
        persistentPeers.add(address);
        return this;
    }

    /** A peer to begin with: dialed like any other known peer, when a slot is free and no back-off holds. */
    public RouterBuilder seed(NodeAddress address) {
        seeds.add(address);
        return this;
    }

    /**
     * Addresses of a narrower scope are not learned from peers. Default: nothing narrower than the place where this node
     * listens; only public addresses if that is everywhere. For a private network, say so here.
     */
    public RouterBuilder narrowestScope(AddressScope value) {
        narrowestScope = Optional.of(value);
        return this;
    }

    /**
     * Lower ports that peers tell of are not learned and so never dialed: whoever tells a node of a mail server would otherwise have it
     * knock there. Default 1024. Holds neither for what is configured nor for where a peer says that it listens itself.
     *
     * @param value 1 allows all
     */
    public RouterBuilder lowestPort(int value) {
        if (value < 1 || value > 65_535) {
            throw new IllegalArgumentException("a port is 1 to 65535, not " + value);
        }
        lowestPort = OptionalInt.of(value);
        return this;
    }

    /** What the node wants of one peer, beside {@link #persistentPeer}; replaces an earlier wish for the same peer. */
    public RouterBuilder peerFlags(NodeId peer, Set<PeerFlag> flags) {
        peerFlags.put(peer, Set.copyOf(flags));
        return this;
    }

    /** Adds a reactor. */
    public RouterBuilder reactor(ReactorProvider provider) {
        return reactor(provider, Map.of());
    }

    /** Adds a reactor with settings; what there is, each reactor documents. */
    public RouterBuilder reactor(ReactorProvider provider, Map<String, String> settings) {
        reactors.put(provider, Map.copyOf(settings));
        return this;
    }

    /**
     * Adds a reactor without a provider of its own.
     *
     * @param name for logs and lists
     * @param factory as {@link ReactorProvider#create}
     */
    public RouterBuilder reactor(String name, Function<ReactorSetup, Reactor> factory) {
        return reactor(new ReactorProvider() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Reactor create(ReactorSetup setup) {
                return factory.apply(setup);
            }
        });
    }

    /** Something to share with reactors, found by its type. */
    public <S> RouterBuilder service(Class<S> type, S service) {
        services.put(type, service);
        return this;
    }

    /** Where peers are remembered. Belongs to the node from {@link #build()} on. Default: in memory only. */
    public RouterBuilder store(PeerStore value) {
        store = value;
        return this;
    }

    /** The node's name for people. Default: the first digits of its identity. */
    public RouterBuilder moniker(String value) {
        moniker = value;
        return this;
    }

    /** The embedding program's version, told to peers. Default: empty. */
    public RouterBuilder version(String value) {
        version = value;
        return this;
    }

    /** Caps and time limits. Default: {@link RouterLimits#STANDARD}. */
    public RouterBuilder limits(RouterLimits value) {
        limits = value;
        return this;
    }

    /**
     * How long addresses that peers told of are kept without a sign that they are good: a connection there, or somebody's word.
     * With its last address a peer is forgotten. Default: 7 and 30 days. Nothing that was configured or that an operator added is
     * forgotten, and nothing at all in the first hour of a run.
     *
     * @param unproven if no connection was ever made there, more than zero
     * @param proven if one was, at least as long
     */
    public RouterBuilder addressLife(Duration unproven, Duration proven) {
        addressLife = Optional.of(new AddressLife(unproven, proven));
        return this;
    }

    /** What happens when a reactor throws. Default: it is restarted. */
    public RouterBuilder onReactorFailure(ReactorFailure value) {
        onReactorFailure = value;
        return this;
    }

    /** The clock for everything that is stored or shown. Default: the system's. */
    public RouterBuilder clock(InstantSource value) {
        clock = value;
        return this;
    }

    /** Chance for keys and jitter. Default: the platform's. */
    public RouterBuilder random(SecureRandom value) {
        random = value;
        return this;
    }

    /**
     * Makes the node: creates the reactors, and seals the channels and what the node tells of itself. Opens nothing.
     *
     * @throws IllegalArgumentException if the parts do not fit; the message says which and why
     */
    public Router build() {
        if (transports.isEmpty()) {
            ServiceLoader.load(TransportProvider.class).forEach(transports::add);
        }
        if (streamProtocol.isEmpty()) {
            streamProtocol = ServiceLoader.load(StreamProtocolProvider.class).findFirst();
        }
        return new Router(this);
    }
}
