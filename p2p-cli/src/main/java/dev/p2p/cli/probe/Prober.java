package dev.p2p.cli.probe;

import dev.p2p.api.NodeId;
import dev.p2p.api.Reason;
import dev.p2p.api.transport.Connection;
import dev.p2p.api.transport.TransportException;
import dev.p2p.cli.dial.Stages;
import dev.p2p.cli.dial.Stages.Stage;
import dev.p2p.cli.dial.Target;
import dev.p2p.cli.dial.Visit;
import dev.p2p.cli.dial.Visitor;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Dials a place, lets it prove itself, exchanges node information, sees whether it is kept as a peer, and leaves. */
final class Prober {

    private final Visitor visitor;
    private final Optional<String> network;
    private final Duration limit;

    /**
     * @param network what to be a member of; empty for that of each node
     * @param limit for the whole probe of one place
     */
    Prober(Visitor visitor, Optional<String> network, Duration limit) {
        this.visitor = visitor;
        this.network = network;
        this.limit = limit;
    }

    /** Probes. Whoever answers is let to the end, also if another one was expected, to see who it is. */
    Finding probe(Target target) throws InterruptedException {
        Stages stages = new Stages(System::nanoTime);
        long deadline = System.nanoTime() + limit.toNanos();
        Finding finding;
        try (Connection connection = visitor.join(target, network, Optional.empty(), stages, limit)) {
            finding = isKept(target, stages, connection, deadline);
        } catch (IOException e) {
            finding = Finding.failed(target, stages, TransportException.reasonOf(e), String.valueOf(e.getMessage()));
        }
        return impostor(target, stages).orElse(finding);
    }

    /**
     * A CometBFT node decides whether it wants a peer after both have told of themselves, and says nothing. Only a peer that it
     * keeps gets an answer to a ping.
     */
    private static Finding isKept(Target target, Stages stages, Connection connection, long deadline)
            throws InterruptedException {
        try (Visit visit = Visit.start(connection, Visit.DROP_ALL)) {
            Duration left = Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
            if (visit.ping(left).isEmpty()) {
                return Finding.failed(target, stages, Reason.SILENT, "no answer to a ping in time");
            }
            stages.reached(Stage.PONG);
            return Finding.compatible(target, stages);
        } catch (TransportException e) {
            return Finding.failed(target, stages, e.reason(), String.valueOf(e.getMessage()));
        }
    }

    private static Optional<Finding> impostor(Target target, Stages stages) {
        Optional<NodeId> other = stages.id()
                .filter(id -> target.expected().isPresent()
                        && !target.expected().get().equals(id));
        return other.map(id -> Finding.failed(
                target,
                stages,
                Reason.WRONG_ID,
                "expected " + target.expected().orElseThrow() + ", " + id + " answered"));
    }
}
