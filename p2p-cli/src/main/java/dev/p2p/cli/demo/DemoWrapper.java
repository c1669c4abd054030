package dev.p2p.cli.demo;

import com.google.protobuf.Message;
import dev.p2p.api.reactor.MalformedMessageException;
import dev.p2p.api.reactor.Wrapper;
import dev.p2p.cli.demo.proto.DemoEnvelope;
import dev.p2p.cli.demo.proto.DemoNews;
import dev.p2p.cli.demo.proto.DemoPing;
import dev.p2p.cli.demo.proto.DemoPong;

/** The demo's messages in and out of their envelope. */
final class DemoWrapper implements Wrapper<DemoEnvelope> {

    @Override
    public DemoEnvelope wrap(Message message) {
        DemoEnvelope.Builder envelope = DemoEnvelope.newBuilder();
        return switch (message) {
            case DemoPing ping -> envelope.setPing(ping).build();
            case DemoPong pong -> envelope.setPong(pong).build();
            case DemoNews news -> envelope.setNews(news).build();
            default ->
                throw new IllegalArgumentException("no message of the demo: "
                        + message.getDescriptorForType().getFullName());
        };
    }

    @Override
    public Message unwrap(DemoEnvelope envelope) throws MalformedMessageException {
        return switch (envelope.getMessageCase()) {
            case PING -> envelope.getPing();
            case PONG -> envelope.getPong();
            case NEWS -> envelope.getNews();
            case MESSAGE_NOT_SET -> throw new MalformedMessageException("an envelope without a known message");
        };
    }
}
