package dev.p2p.transport.tcp;

import dev.p2p.api.Endpoint;
import dev.p2p.api.NetEndpoint;
import dev.p2p.api.transport.StreamProtocol;
import dev.p2p.api.transport.StreamProtocolProvider;
import dev.p2p.api.transport.TransportContext;
import dev.p2p.api.transport.TransportProvider;
import dev.p2p.testkit.transport.TransportContract;
import dev.p2p.transport.tcp.internal.crypto.CryptoSuite;
import dev.p2p.transport.tcp.internal.wire.CometStreamProtocol;
import java.net.InetAddress;
import java.util.Optional;

/** TCP on trial with a chosen cipher suite. */
interface TcpContract extends TransportContract {

    CryptoSuite suite();

    @Override
    default TransportProvider provider() {
        return new TcpTransportProvider();
    }

    @Override
    default Endpoint listenEndpoint() {
        return new NetEndpoint("tcp", InetAddress.getLoopbackAddress(), 0);
    }

    @Override
    default Optional<StreamProtocolProvider> streamProtocol() {
        return Optional.of(new StreamProtocolProvider() {
            @Override
            public String name() {
                return "comet";
            }

            @Override
            public StreamProtocol create(TransportContext context) {
                return new CometStreamProtocol("comet", suite(), context);
            }
        });
    }
}
