package dev.p2p.router.internal.inbound;

import com.google.protobuf.Message;
import com.google.protobuf.StringValue;
import dev.p2p.api.ChannelId;
import dev.p2p.api.Direction;
import dev.p2p.api.LocalEndpoint;
import dev.p2p.api.NodeId;
import dev.p2p.api.NodeInfo;
import dev.p2p.api.PeerRef;
import dev.p2p.api.reactor.ChannelDescriptor;
import dev.p2p.api.reactor.ReactorEvent;
import dev.p2p.api.reactor.ReactorEvent.PeerUp;
import dev.p2p.api.reactor.ReactorEvent.Received;
import dev.p2p.api.reactor.ReactorEvent.Tick;
import dev.p2p.api.reactor.WhenFull;
import java.util.ArrayList;
import java.util.List;

/** A mailbox with one peer, and lanes that hold two messages. */
final class MailboxRig {

    private static final NodeId PEER = new NodeId(1, 2, 3);

    final Mailbox mailbox = new Mailbox();

    /** A connection that has come up. */
    Seat enter() {
        return mailbox.enter(up(1));
    }

    Lane lane(Seat seat, WhenFull whenFull) {
        return mailbox.lane(
                seat, ChannelDescriptor.of(7, "test", StringValue.parser()).withInbound(2, 100, whenFull));
    }

    /** A lane of a connection that has come up, with all the messages that it holds. */
    Lane full(WhenFull whenFull) throws InterruptedException {
        Lane lane = lane(enter(), whenFull);
        put(lane, message(1, "a"));
        put(lane, message(1, "b"));
        return lane;
    }

    Mailbox.Outcome put(Lane lane, Received<Message> message) throws InterruptedException {
        return mailbox.put(lane, message, 1);
    }

    /** Everything that waits; a last event of our own shows where it ends. */
    List<ReactorEvent> takeAll() throws InterruptedException {
        List<ReactorEvent> seen = new ArrayList<>();
        List<ReactorEvent> batch = new ArrayList<>();
        ReactorEvent end = new Tick("end");
        mailbox.post(end);
        while (!seen.contains(end)) {
            mailbox.take(batch);
            seen.addAll(batch);
        }
        seen.remove(end);
        return seen;
    }

    static PeerUp up(long connection) {
        NodeInfo info = NodeInfo.of(PEER, "net", "peer", "", "127.0.0.1:1", List.of(new ChannelId(7)));
        return new PeerUp(ref(connection), info, Direction.INBOUND, new LocalEndpoint("memory", "peer"));
    }

    static PeerRef ref(long connection) {
        return new PeerRef(PEER, connection);
    }

    static Received<Message> message(long connection, String text) {
        return new Received<>(ref(connection), new ChannelId(7), StringValue.of(text));
    }
}
