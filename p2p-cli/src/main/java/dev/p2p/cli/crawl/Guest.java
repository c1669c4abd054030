package dev.p2p.cli.crawl;

import dev.p2p.api.ChannelId;
import dev.p2p.api.NodeInfo;
import dev.p2p.api.Reason;
import dev.p2p.api.transport.Connection;
import dev.p2p.api.transport.TransportException;
import dev.p2p.cli.dial.Stages;
import dev.p2p.cli.dial.Target;
import dev.p2p.cli.dial.Visit;
import dev.p2p.cli.dial.Visitor;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Visits one node: shakes hands, asks once for addresses, takes one answer, leaves. Whatever the node does, it is over after the
 * limit, and holds no more than one message. Safe to use from every thread.
 */
final class Guest {

    private static final ChannelId PEX = new ChannelId(PexMessages.CHANNEL);

    private final Visitor visitor;
    private final Optional<String> network;
    private final Duration limit;

    /**
     * @param network to be a member of; empty for that of each node
     * @param limit for the whole visit
     */
    Guest(Visitor visitor, Optional<String> network, Duration limit) {
        this.visitor = visitor;
        this.network = network;
        this.limit = limit;
    }

    Outcome visit(Target place) throws InterruptedException {
        Stages stages = new Stages(System::nanoTime);
        long deadline = System.nanoTime() + limit.toNanos();
        try (Connection connection = visitor.join(place, network, place.expected(), stages, limit)) {
            if (!connection.peerInfo().serves(PEX)) {
                return withoutExchange(stages);
            }
            return ask(connection, stages, deadline);
        } catch (IOException e) {
            Reason reason = TransportException.reasonOf(e);
            return reason == Reason.NO_COMMON_CHANNEL
                    ? withoutExchange(stages)
                    : Outcome.failed(stages, reason, String.valueOf(e.getMessage()));
        }
    }

    /** A seed hangs up as soon as it has answered, so the answer counts before the end does. */
    private static Outcome ask(Connection connection, Stages stages, long deadline) throws InterruptedException {
        AnswerSink sink = new AnswerSink();
        try (Visit visit = Visit.start(connection, sink)) {
            long asked = System.nanoTime();
            visit.send(PEX, PexMessages.request());
            var ended = visit.ended().thenAccept(end -> sink.answer().completeExceptionally(end));
            PexMessages.Answer answer =
                    sink.answer().get(Math.max(1, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            ended.cancel(false);
            return new Outcome(
                    stages,
                    Optional.empty(),
                    "",
                    answer.addresses(),
                    answer.malformed(),
                    OptionalLong.of(System.nanoTime() - asked));
        } catch (TimeoutException e) {
            return Outcome.failed(stages, Reason.SILENT, "no answer to the request for addresses in time");
        } catch (ExecutionException e) {
            return e.getCause() instanceof TransportException end
                    ? Outcome.failed(stages, end.reason(), String.valueOf(end.getMessage()))
                    : Outcome.failed(stages, Reason.INTERNAL_ERROR, String.valueOf(e.getCause()));
        }
    }

    private static Outcome withoutExchange(Stages stages) {
        String detail =
                stages.info().map(NodeInfo::channels).map(Object::toString).orElse("");
        return new Outcome(
                stages,
                Optional.empty(),
                "the node serves no peer exchange, but " + detail,
                java.util.List.of(),
                0,
                OptionalLong.empty());
    }
}
