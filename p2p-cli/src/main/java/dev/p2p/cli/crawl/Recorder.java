package dev.p2p.cli.crawl;

import dev.p2p.api.ChannelId;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.api.NodeInfo;
import dev.p2p.cli.crawl.result.CrawlFolder;
import dev.p2p.cli.crawl.result.EdgeRow;
import dev.p2p.cli.crawl.result.FrontierRow;
import dev.p2p.cli.crawl.result.JsonLines;
import dev.p2p.cli.crawl.result.NodeRow;
import dev.p2p.cli.dial.Stages;
import dev.p2p.cli.dial.Stages.Stage;
import dev.p2p.cli.dial.Target;
import java.io.IOException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes each visit to the crawl's files as soon as it is over. One thread uses it. */
final class Recorder implements AutoCloseable {

    private static final int MOST_DETAIL = 200;

    private final JsonLines<NodeRow> nodes;
    private final @Nullable JsonLines<EdgeRow> edges;
    private final JsonLines<FrontierRow> frontier;
    private final Set<EdgeRow> leftBehind;
    private final InstantSource clock;

    /**
     * @param neighbours whether to write edges
     * @param leftBehind edges that are in the file already, of visits that are to be made again
     */
    Recorder(CrawlFolder folder, boolean neighbours, Set<EdgeRow> leftBehind, InstantSource clock) throws IOException {
        this.nodes = JsonLines.append(folder.nodes());
        this.edges = neighbours ? JsonLines.append(folder.edges()) : null;
        this.frontier = JsonLines.append(folder.frontier());
        this.leftBehind = Set.copyOf(leftBehind);
        this.clock = clock;
    }

    /** Writes where the run begins, so that whoever goes on with it need not say it again. */
    void begin(List<Target> starts) throws IOException {
        starts.forEach(place -> frontier.add(new FrontierRow(place.canonical(), null, 0)));
        frontier.flush();
    }

    /**
     * Writes a visit.
     *
     * @param newNeighbours of whom it told for the first time
     * @param fresh the addresses among them that nobody had told before
     */
    void visited(Candidate candidate, Outcome outcome, Set<NodeId> newNeighbours, List<NodeAddress> fresh)
            throws IOException {
        NodeRow row = row(candidate, outcome);
        String id = row.id();
        if (id != null) {
            add(id, newNeighbours);
            fresh.forEach(address -> frontier.add(new FrontierRow(address.toString(), id, candidate.depth() + 1)));
        }
        // The addresses first: after a crash in between, the node is visited again, and nothing it told is lost.
        frontier.flush();
        if (edges != null) {
            edges.flush();
        }
        nodes.add(row);
        nodes.flush();
    }

    @Override
    public void close() throws IOException {
        try (nodes;
                edges;
                frontier) {
            frontier.flush();
        }
    }

    private void add(String from, Set<NodeId> newNeighbours) {
        JsonLines<EdgeRow> to = edges;
        if (to != null) {
            newNeighbours.stream()
                    .map(other -> new EdgeRow(from, other.toString()))
                    .filter(edge -> !leftBehind.contains(edge))
                    .forEach(to::add);
        }
    }

    private NodeRow row(Candidate candidate, Outcome outcome) {
        Stages stages = outcome.stages();
        NodeInfo info = outcome.reached() ? stages.info().orElse(null) : null;
        // A row is about whom the visit was to: the impostor's own row would keep the crawl from visiting it where it
        // really is.
        Optional<NodeId> id = candidate.id().or(stages::id);
        Optional<NodeId> answeredBy = stages.id().filter(met -> !met.equals(id.orElseThrow()));
        return new NodeRow(
                id.map(NodeId::toString).orElse(null),
                candidate.place().canonical(),
                outcome.word(),
                outcome.reached(),
                info == null ? null : info.moniker(),
                info == null ? null : info.version(),
                info == null ? null : info.network(),
                info == null ? null : info.protocol().p2p(),
                info == null ? null : info.protocol().block(),
                info == null ? null : info.protocol().app(),
                info == null
                        ? null
                        : info.channels().stream().map(ChannelId::toString).toList(),
                info == null ? null : info.listenAddress(),
                info == null ? null : info.rpcAddress(),
                info == null ? null : info.txIndex(),
                millis(stages.nanos(Stage.TCP)),
                handshakeMillis(stages),
                millis(outcome.answerNanos()),
                candidate.told().addresses(),
                candidate.told().malformed(),
                candidate.depth(),
                candidate.source().map(NodeId::toString).orElse(null),
                clock.instant().truncatedTo(ChronoUnit.MILLIS).toString(),
                outcome.detail().isEmpty()
                        ? null
                        : outcome.detail()
                                .substring(
                                        0,
                                        Math.min(MOST_DETAIL, outcome.detail().length())),
                answeredBy.map(NodeId::toString).orElse(null),
                outcome.answered() ? candidate.told().answers() : null,
                outcome.answered() ? candidate.told().latestNew() : null);
    }

    private static @Nullable Double handshakeMillis(Stages stages) {
        if (!stages.passed(Stage.NODEINFO)) {
            return null;
        }
        long sum = stages.nanos(Stage.ENCRYPTION).orElse(0)
                + stages.nanos(Stage.IDENTITY).orElse(0)
                + stages.nanos(Stage.NODEINFO).orElse(0);
        return millis(OptionalLong.of(sum));
    }

    private static @Nullable Double millis(OptionalLong nanos) {
        return nanos.isPresent() ? Math.round(nanos.getAsLong() / 1e3) / 1e3 : null;
    }
}
