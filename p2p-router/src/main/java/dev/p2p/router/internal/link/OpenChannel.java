package dev.p2p.router.internal.link;

import com.google.protobuf.Message;
import dev.p2p.api.NodeId;
import dev.p2p.api.PeerRef;
import dev.p2p.api.reactor.BroadcastResult;
import dev.p2p.api.reactor.Channel;
import dev.p2p.api.reactor.ChannelDescriptor;
import dev.p2p.api.reactor.PeerError;
import dev.p2p.api.reactor.SendResult;
import dev.p2p.router.internal.inbound.Mailbox;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A channel that a reactor has opened: encodes messages and puts them into the queues of connections. */
public final class OpenChannel<M extends Message> implements Channel<M> {

    private final int index;
    private final ChannelDescriptor<M> descriptor;
    private final Mailbox mailbox;
    private final LinkTable links;
    private final BiConsumer<PeerRef, PeerError> reports;

    /**
     * @param index the channel's place among the node's channels, from 0
     * @param mailbox where its messages go
     * @param links the node's connections
     * @param reports takes what the reactor reports; never blocks
     */
    public OpenChannel(
            int index,
            ChannelDescriptor<M> descriptor,
            Mailbox mailbox,
            LinkTable links,
            BiConsumer<PeerRef, PeerError> reports) {
        this.index = index;
        this.descriptor = descriptor;
        this.mailbox = mailbox;
        this.links = links;
        this.reports = reports;
    }

    @Override
    public ChannelDescriptor<M> descriptor() {
        return descriptor;
    }

    @Override
    public SendResult send(PeerRef to, M message) {
        Link link = links.current(to.id());
        SendResult refused = refusal(link, to);
        return link == null || refused != SendResult.QUEUED ? refused : offer(link, message);
    }

    @Override
    public SendResult send(NodeId to, M message) {
        Link link = links.current(to);
        SendResult refused = refusal(link, link == null ? null : link.peer());
        return link == null || refused != SendResult.QUEUED ? refused : offer(link, message);
    }

    @Override
    public SendResult send(PeerRef to, M message, Duration patience) throws InterruptedException {
        Link link = links.current(to.id());
        SendResult refused = refusal(link, to);
        if (link == null || refused != SendResult.QUEUED) {
            return refused;
        }
        byte[] bytes = descriptor.codec().encode(message);
        if (bytes.length > descriptor.maxMessageBytes()) {
            return SendResult.TOO_LARGE;
        }
        return link.outbound().offer(index, descriptor, bytes, patience);
    }

    @Override
    public BroadcastResult broadcast(M message) {
        byte[] bytes = descriptor.codec().encode(message);
        boolean tooLarge = bytes.length > descriptor.maxMessageBytes();
        Map<PeerRef, SendResult> refused = new HashMap<>();
        int queued = 0;
        for (Link link : links.all()) {
            if (!link.info().serves(descriptor.id())) {
                continue;
            }
            SendResult result =
                    tooLarge ? SendResult.TOO_LARGE : link.outbound().offer(index, descriptor, bytes);
            if (result == SendResult.QUEUED) {
                queued++;
            } else {
                refused.put(link.peer(), result);
            }
        }
        return new BroadcastResult(queued, refused);
    }

    @Override
    public void report(PeerRef peer, PeerError error) {
        reports.accept(peer, error);
    }

    int index() {
        return index;
    }

    Mailbox mailbox() {
        return mailbox;
    }

    private SendResult offer(Link link, M message) {
        byte[] bytes = descriptor.codec().encode(message);
        return bytes.length > descriptor.maxMessageBytes()
                ? SendResult.TOO_LARGE
                : link.outbound().offer(index, descriptor, bytes);
    }

    /** Why nothing can be sent there, or {@code QUEUED} if something can. */
    private SendResult refusal(@Nullable Link link, @Nullable PeerRef to) {
        if (links.closed()) {
            return SendResult.CLOSED;
        }
        if (link == null) {
            return SendResult.NOT_CONNECTED;
        }
        if (!link.peer().equals(to)) {
            return SendResult.STALE;
        }
        return link.info().serves(descriptor.id()) ? SendResult.QUEUED : SendResult.NO_CHANNEL;
    }
}
