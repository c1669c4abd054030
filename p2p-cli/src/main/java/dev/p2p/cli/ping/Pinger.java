package dev.p2p.cli.ping;

import dev.p2p.api.NodeId;
import dev.p2p.api.NodeInfo;
import dev.p2p.api.transport.TransportException;
import dev.p2p.cli.dial.Stages;
import dev.p2p.cli.dial.Stages.Stage;
import dev.p2p.cli.dial.Target;
import dev.p2p.cli.dial.Visit;
import dev.p2p.cli.dial.Visitor;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Pings one node over one connection, and opens a new one when that is gone. One thread uses it. */
final class Pinger implements AutoCloseable {

    private final Visitor visitor;
    private final Target target;
    private final Duration limit;
    private Optional<String> network;
    private Optional<NodeId> id = Optional.empty();
    private @Nullable Visit visit;

    /**
     * @param network to be a member of; empty for the node's own
     * @param limit for each attempt
     */
    Pinger(Visitor visitor, Target target, Optional<String> network, Duration limit) {
        this.visitor = visitor;
        this.target = target;
        this.network = network;
        this.limit = limit;
    }

    /** Who answers there, once somebody has. */
    Optional<NodeId> id() {
        return id;
    }

    PingAnswer ask(int number) throws InterruptedException {
        Stages stages = new Stages(System::nanoTime);
        try {
            Visit open = visit;
            if (open == null || open.ended().isDone()) {
                open = open(stages);
                visit = open;
            }
            Optional<Duration> pong = open.ping(limit);
            return pong.map(time -> answer(number, stages, OptionalLong.of(time.toNanos()), ""))
                    .orElseGet(() -> answer(number, stages, OptionalLong.empty(), "nothing came in time"));
        } catch (IOException e) {
            String why = TransportException.reasonOf(e) + ": " + e.getMessage();
            return answer(number, stages, OptionalLong.empty(), why);
        }
    }

    @Override
    public void close() {
        if (visit != null) {
            visit.close();
        }
    }

    private Visit open(Stages stages) throws IOException, InterruptedException {
        try {
            Visit opened = Visit.start(visitor.join(target, network, target.expected(), stages, limit), Visit.DROP_ALL);
            network = stages.info().map(NodeInfo::network);
            return opened;
        } finally {
            id = stages.id().or(() -> id);
        }
    }

    private static PingAnswer answer(int number, Stages stages, OptionalLong pong, String problem) {
        boolean shaken = stages.passed(Stage.NODEINFO);
        long handshake = 0;
        for (Stage stage : new Stage[] {Stage.ENCRYPTION, Stage.IDENTITY, Stage.NODEINFO}) {
            handshake += stages.nanos(stage).orElse(0);
        }
        return new PingAnswer(
                number,
                stages.nanos(Stage.TCP),
                shaken ? OptionalLong.of(handshake) : OptionalLong.empty(),
                pong,
                problem);
    }
}
