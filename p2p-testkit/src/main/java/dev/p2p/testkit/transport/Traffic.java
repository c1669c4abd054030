package dev.p2p.testkit.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.p2p.api.transport.Connection;
import java.util.List;

/** One message through a connection, to see whether it lives. Uses up the dialer's writer and the acceptor's reader. */
final class Traffic {

    private Traffic() {}

    static void assertFlows(TransportRig rig, BothSides<Connection> connection) {
        byte[] message = Payload.of(100, 7);
        RecordingSink sink = new RecordingSink();
        QueuedSource source = new QueuedSource();
        source.offer(TestNode.FIRST, message);
        rig.workers().start("read", () -> connection.acceptor().read(sink));
        rig.workers().start("write", () -> connection.dialer().write(source));
        assertEquals(
                List.of(ReceivedMessage.of(TestNode.FIRST, message)),
                sink.await(1, rig.patience()),
                "what arrived on a connection that should live");
    }
}
