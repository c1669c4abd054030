package dev.p2p.cli.dial;

import dev.p2p.api.Endpoint;
import dev.p2p.api.NodeId;
import dev.p2p.api.NodeInfo;
import dev.p2p.api.Reason;
import dev.p2p.api.transport.Connection;
import dev.p2p.api.transport.HandshakeRequest;
import dev.p2p.api.transport.PendingConnection;
import dev.p2p.api.transport.Transport;
import dev.p2p.api.transport.TransportException;
import dev.p2p.cli.dial.Stages.Stage;
import dev.p2p.router.plugin.TransportSet;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Dials nodes and shakes hands with them, one connection at a time for each calling thread. Safe to use from every thread. */
public final class Visitor implements AutoCloseable {

    /** What this side calls its network while it does not know the node's. */
    static final String NO_NETWORK = "p2p-visitor";

    /** A node forgets a refused connection in a moment; until then it takes a second one from here for a duplicate. */
    private static final Duration MOMENT = Duration.ofMillis(250);

    private static final int MOMENTS = 4;

    private final TransportSet transports;
    private final Caller caller;
    private final Places places = new Places();

    /** @param transports stays the caller's to close */
    public Visitor(TransportSet transports, Caller caller) {
        this.transports = transports;
        this.caller = caller;
    }

    /** Who visits. */
    public NodeId id() {
        return caller.key().id();
    }

    /**
     * Connects as a member of a network.
     *
     * @param expected who must answer; whoever does, if empty
     * @param stages is told how far it came
     * @param limit for everything
     */
    public Connection connect(Target target, String network, Optional<NodeId> expected, Stages stages, Duration limit)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        Transport transport = transports
                .find(target.protocol())
                .orElseThrow(() -> new TransportException(
                        Reason.UNKNOWN_PROTOCOL, "no transport serves the protocol " + target.protocol()));
        PendingConnection pending = dial(transport, target, stages, deadline);
        stages.reached(Stage.TCP);
        NodeInfo self = caller.asMemberOf(network);
        return pending.handshake(new HandshakeRequest(caller.key(), self, expected, left(deadline), stages));
    }

    /**
     * Connects as a member of the network asked for, or else of whatever network the node belongs to: what that is, it tells in
     * a first handshake.
     */
    public Connection join(
            Target target, Optional<String> network, Optional<NodeId> expected, Stages stages, Duration limit)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        try {
            return connect(target, network.orElse(NO_NETWORK), expected, stages, limit);
        } catch (TransportException e) {
            if (network.isPresent() || e.reason() != Reason.WRONG_NETWORK) {
                throw e;
            }
        }
        String learnt = stages.info().map(NodeInfo::network).orElse(NO_NETWORK);
        for (int moment = 1; ; moment++) {
            try {
                return connect(target, learnt, expected, stages, left(deadline));
            } catch (IOException e) {
                boolean takenForDuplicate = stages.passed(Stage.TCP) && !stages.passed(Stage.ENCRYPTION);
                if (!takenForDuplicate || moment == MOMENTS || left(deadline).compareTo(MOMENT) < 0) {
                    throw e;
                }
                LockSupport.parkNanos(MOMENT.toNanos());
            }
        }
    }

    @Override
    public void close() {
        places.close();
    }

    private PendingConnection dial(Transport transport, Target target, Stages stages, long deadline)
            throws IOException, InterruptedException {
        IOException last = new TransportException(Reason.UNKNOWN_HOST, "nowhere to dial");
        for (Endpoint place : places.of(target, left(deadline))) {
            try {
                stages.begin();
                return transport.dial(place, left(deadline));
            } catch (IOException e) {
                last = e;
            } catch (IllegalArgumentException e) {
                throw new TransportException(Reason.UNKNOWN_PROTOCOL, String.valueOf(e.getMessage()), e);
            }
        }
        throw last;
    }

    private static Duration left(long deadline) {
        return Duration.ofNanos(Math.max(1_000_000, deadline - System.nanoTime()));
    }
}
