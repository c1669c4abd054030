/** Nodes on one machine talk through Unix domain sockets. Needs nothing but the contract. */
module com.example.p2p.unix {
    requires dev.p2p.api;

    provides dev.p2p.api.transport.TransportProvider with
            com.example.p2p.unix.UnixTransportProvider;
}
