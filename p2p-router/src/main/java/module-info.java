/** The core: a node that moves messages between its reactors and its peers. */
@org.jspecify.annotations.NullMarked
module dev.p2p.router {
    requires transitive dev.p2p.api;
    requires static org.jspecify;

    exports dev.p2p.router;
    exports dev.p2p.router.control;
    exports dev.p2p.router.plugin;

    uses dev.p2p.api.transport.StreamProtocolProvider;
    uses dev.p2p.api.transport.TransportProvider;

    provides dev.p2p.api.store.PeerStoreProvider with
            dev.p2p.router.internal.store.MemoryPeerStoreProvider;
}
