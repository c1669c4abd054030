package dev.p2p.transport.tcp;

import dev.p2p.api.ProtocolVersion;
import dev.p2p.api.transport.StreamProtocol;
import dev.p2p.api.transport.StreamProtocolProvider;
import dev.p2p.api.transport.TransportContext;
import dev.p2p.transport.tcp.internal.crypto.CryptoSuite;
import dev.p2p.transport.tcp.internal.wire.CometStreamProtocol;
import java.util.Map;

/** Publishes the wire protocol of Tendermint v0.34 to v0.37 and CometBFT v0.37 to v1.x as {@code comet}. */
public final class CometStreamProtocolProvider implements StreamProtocolProvider {

    static final String NAME = "comet";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public StreamProtocol create(TransportContext context) {
        return new CometStreamProtocol(NAME, CryptoSuite.best(), context);
    }

    @Override
    public Map<String, String> details() {
        CryptoSuite suite = CryptoSuite.best();
        return Map.of(
                "cipher",
                suite.name() + " (" + suite.detail() + ")",
                "wire",
                NAME + ", p2p " + ProtocolVersion.CURRENT.p2p() + ", block " + ProtocolVersion.CURRENT.block());
    }
}
