package dev.p2p.testkit.transport;

import dev.p2p.api.transport.Connection;

/**
 * A connection whose four loops run: two nodes that talk. One source and one sink for each side.
 *
 * @param connection both ends of it
 * @param sources what each side writes
 * @param sinks what each side reads
 * @param writers the writing loops
 * @param readers the reading loops
 */
record Talk(
        BothSides<Connection> connection,
        BothSides<QueuedSource> sources,
        BothSides<RecordingSink> sinks,
        BothSides<Worker<Boolean>> writers,
        BothSides<Worker<Boolean>> readers) {

    /** Starts to talk on a new connection. */
    static Talk start(TransportRig rig, BothSides<QueuedSource> sources, BothSides<RecordingSink> sinks) {
        return start(rig, rig.connect(), sources, sinks);
    }

    /** Starts to talk on a new connection, with sources and sinks that take everything. */
    static Talk start(TransportRig rig) {
        return start(rig, rig.connect());
    }

    /** Starts to talk on a connection, with sources and sinks that take everything. */
    static Talk start(TransportRig rig, BothSides<Connection> connection) {
        return start(
                rig,
                connection,
                new BothSides<>(new QueuedSource(), new QueuedSource()),
                new BothSides<>(new RecordingSink(), new RecordingSink()));
    }

    /** Starts to talk on a connection. */
    static Talk start(
            TransportRig rig,
            BothSides<Connection> connection,
            BothSides<QueuedSource> sources,
            BothSides<RecordingSink> sinks) {
        Connection dialer = connection.dialer();
        Connection acceptor = connection.acceptor();
        Workers workers = rig.workers();
        return new Talk(
                connection,
                sources,
                sinks,
                new BothSides<>(
                        workers.start("write-dialer", () -> dialer.write(sources.dialer())),
                        workers.start("write-acceptor", () -> acceptor.write(sources.acceptor()))),
                new BothSides<>(
                        workers.start("read-dialer", () -> dialer.read(sinks.dialer())),
                        workers.start("read-acceptor", () -> acceptor.read(sinks.acceptor()))));
    }
}
