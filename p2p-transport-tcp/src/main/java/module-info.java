/** The wire of CometBFT (SecretConnection, node information, MConnection), and TCP to carry it. */
@org.jspecify.annotations.NullMarked
module dev.p2p.transport.tcp {
    requires dev.p2p.api;
    requires static org.jspecify;

    provides dev.p2p.api.transport.StreamProtocolProvider with
            dev.p2p.transport.tcp.CometStreamProtocolProvider;
    provides dev.p2p.api.transport.TransportProvider with
            dev.p2p.transport.tcp.TcpTransportProvider;
}
