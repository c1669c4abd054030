package dev.p2p.reactor.pex;

import com.google.protobuf.Message;
import dev.p2p.api.reactor.MalformedMessageException;
import dev.p2p.api.reactor.Wrapper;
import dev.p2p.reactor.pex.proto.PexAddrs;
import dev.p2p.reactor.pex.proto.PexAddrsV2;
import dev.p2p.reactor.pex.proto.PexEnvelope;
import dev.p2p.reactor.pex.proto.PexRequest;
import dev.p2p.reactor.pex.proto.PexRequestV2;

/** Peer exchange's messages in and out of their envelope. */
final class PexWrapper implements Wrapper<PexEnvelope> {

    @Override
    public PexEnvelope wrap(Message message) {
        PexEnvelope.Builder envelope = PexEnvelope.newBuilder();
        return switch (message) {
            case PexRequest request -> envelope.setPexRequest(request).build();
            case PexAddrs addrs -> envelope.setPexAddrs(addrs).build();
            case PexRequestV2 request -> envelope.setPexRequestV2(request).build();
            case PexAddrsV2 addrs -> envelope.setPexAddrsV2(addrs).build();
            default ->
                throw new IllegalArgumentException("no message of peer exchange: "
                        + message.getDescriptorForType().getFullName());
        };
    }

    @Override
    public Message unwrap(PexEnvelope envelope) throws MalformedMessageException {
        return switch (envelope.getSumCase()) {
            case PEX_REQUEST -> envelope.getPexRequest();
            case PEX_ADDRS -> envelope.getPexAddrs();
            case PEX_REQUEST_V2 -> envelope.getPexRequestV2();
            case PEX_ADDRS_V2 -> envelope.getPexAddrsV2();
            case SUM_NOT_SET -> throw new MalformedMessageException("an envelope without a known message");
        };
    }
}
