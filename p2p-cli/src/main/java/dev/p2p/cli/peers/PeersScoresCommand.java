package dev.p2p.cli.peers;

import dev.p2p.api.store.PeerStoreProvider.Access;
import dev.p2p.cli.option.Surroundings;
import dev.p2p.cli.output.ExitCode;
import dev.p2p.cli.output.Json;
import dev.p2p.cli.output.OutputFormat;
import dev.p2p.cli.output.Printable;
import dev.p2p.cli.output.Units;
import dev.p2p.cli.peerdata.Course;
import dev.p2p.cli.peerdata.LiveState;
import dev.p2p.cli.peerdata.PeerEvent;
import dev.p2p.cli.peerdata.PeerName;
import dev.p2p.cli.peerdata.PeerRow;
import dev.p2p.cli.peerdata.PeerSource;
import dev.p2p.cli.target.PeerVerb;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code p2p peers scores}: how a peer's score came about. */
@Command(name = "scores", description = "Shows a peer's score: what is stored, what is left of it, what made it.")
final class PeersScoresCommand extends PeerVerb {

    private static final int EVENTS = 512;
    private static final int SHOWN = 10;

    @Parameters(paramLabel = "ID", description = "the peer, or the first digits of its ID, at least four")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String peer;

    PeersScoresCommand(Surroundings around) {
        super(around);
    }

    @Override
    public Integer call() {
        try (PeerSource source = open(Access.READ_ONLY)) {
            PeerRow row = PeerName.find(source, peer);
            List<PeerEvent> penalties = source.history(row.id(), EVENTS).stream()
                    .filter(event -> event.type().equals("penalised"))
                    .toList();
            List<String> parts = source.explain(row.id()).score();
            Instant now = around.clock().instant();
            if (common.output() == OutputFormat.JSON) {
                Json.print(out(), "score", fields(row, parts, penalties, now));
            } else {
                print(row, parts, penalties, now);
            }
        }
        return ExitCode.OK;
    }

    private static Map<String, Object> fields(PeerRow row, List<String> parts, List<PeerEvent> penalties, Instant now) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", row.id().toString());
        fields.put("score", row.score(now));
        fields.put("reputation", row.record().reputation());
        fields.put("reputation_at", row.record().reputationAt().toString());
        row.live()
                .map(LiveState::course)
                .filter(course -> !course.isEmpty())
                .ifPresent(course -> fields.put("course", course));
        fields.put("parts", parts);
        fields.put("penalties", penalties.stream().map(PeerEvent::fields).toList());
        return fields;
    }

    private void course(List<Double> course) {
        out().println("course     " + Course.line(course));
    }

    private void print(PeerRow row, List<String> parts, List<PeerEvent> penalties, Instant now) {
        out().println(row.id());
        out().println(String.format(
                Locale.ROOT,
                "score      %.1f now   (%.1f stored %s; half of it fades in an hour)",
                row.score(now) + 0.0,
                row.record().reputation(),
                Units.ago(row.record().reputationAt(), now)));
        row.live().map(LiveState::course).filter(course -> !course.isEmpty()).ifPresent(this::course);
        parts.forEach(part -> out().println("part       " + Printable.of(part)));
        out().println("penalties  " + penalties.size() + " remembered");
        penalties.stream()
                .limit(SHOWN)
                .forEach(event -> out().println("           "
                        + Printable.of(event.at() + "  " + event.reason() + "  " + event.detail())));
    }
}
