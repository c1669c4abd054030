package dev.p2p.api.reactor;

import com.google.protobuf.Message;
import dev.p2p.api.NodeId;
import dev.p2p.api.PeerRef;
import java.time.Duration;

/**
 * The sending end of a channel. Delivery is asynchronous and at most once. All methods may be called from every thread.
 *
 * @param <M> the type of message, a protobuf message
 */
public interface Channel<M extends Message> {

    /** What was opened. */
    ChannelDescriptor<M> descriptor();

    /**
     * Queues a message for one connection. Never blocks.
     *
     * @return {@code QUEUED}, or why not; then the message is gone
     */
    SendResult send(PeerRef to, M message);

    /**
     * Queues a message for one connection, waiting for room in its queue.
     *
     * @param patience how long to wait at most; zero is like {@link #send(PeerRef, Message)}
     * @throws InterruptedException if the calling thread is interrupted; the message is not queued
     */
    SendResult send(PeerRef to, M message, Duration patience) throws InterruptedException;

    /** Queues a message for whatever connection the node has to this peer now. Never blocks. */
    SendResult send(NodeId to, M message);

    /**
     * Queues a message for every connected peer that serves the channel. The message is encoded once and the bytes are
     * shared. Never blocks: a peer without room does not delay the others.
     */
    BroadcastResult broadcast(M message);

    /**
     * Tells the node what a peer did. The platform acts on it; the reactor does not wait. A report about a connection that
     * is gone never touches its successor.
     */
    void report(PeerRef peer, PeerError error);
}
