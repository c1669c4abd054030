/** An in-process network: nodes of one process talk without sockets. */
@org.jspecify.annotations.NullMarked
module dev.p2p.transport.memory {
    requires transitive dev.p2p.api;
    requires static org.jspecify;

    exports dev.p2p.transport.memory;

    provides dev.p2p.api.transport.TransportProvider with
            dev.p2p.transport.memory.MemoryTransportProvider;
}
