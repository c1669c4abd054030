package dev.p2p.cli.peers;

import dev.p2p.api.NodeId;
import dev.p2p.api.store.PeerStoreProvider.Access;
import dev.p2p.cli.option.Surroundings;
import dev.p2p.cli.output.ExitCode;
import dev.p2p.cli.output.Json;
import dev.p2p.cli.output.OutputFormat;
import dev.p2p.cli.output.Printable;
import dev.p2p.cli.output.Units;
import dev.p2p.cli.peerdata.PeerExplanation;
import dev.p2p.cli.peerdata.PeerName;
import dev.p2p.cli.peerdata.PeerSource;
import dev.p2p.cli.target.PeerVerb;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code p2p peers explain}: why is that peer (not) connected? */
@Command(
        name = "explain",
        description =
                "Tells why a peer is connected, not dialed, refused, evicted or banned, and what happens next and when.")
final class PeersExplainCommand extends PeerVerb {

    private static final int SHOWN = 10;

    @Parameters(paramLabel = "ID", description = "the peer, or the first digits of its ID, at least four")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String peer;

    PeersExplainCommand(Surroundings around) {
        super(around);
    }

    @Override
    public Integer call() {
        try (PeerSource source = open(Access.READ_ONLY)) {
            NodeId id = PeerName.resolve(source, peer);
            PeerExplanation told = source.explain(id);
            if (common.output() == OutputFormat.JSON) {
                Json.print(out(), "explanation", told.fields());
            } else {
                print(told, source.live(), around.clock().instant());
            }
            return told.state().equals("unknown") ? ExitCode.NOT_FOUND : ExitCode.OK;
        }
    }

    private void print(PeerExplanation told, boolean live, Instant now) {
        out().println(told.id().shortText() + " is " + told.state().toUpperCase(Locale.ROOT));
        line("because", told.why());
        if (!told.next().isEmpty()) {
            line("next", told.next() + told.nextAt().map(at -> when(at, now)).orElse(""));
        }
        String undo = undo(told, live);
        if (!undo.isEmpty()) {
            line("undo", undo);
        }
        told.score().forEach(part -> line("score", part));
        told.events().stream()
                .limit(SHOWN)
                .forEach(event ->
                        line("", event.at() + "  " + event.type() + "  " + event.reason() + "  " + event.detail()));
    }

    private static String when(Instant at, Instant now) {
        return at.isAfter(now) ? "   " + at + " (in " + Units.duration(Duration.between(now, at)) + ")" : "   now";
    }

    private static String undo(PeerExplanation told, boolean live) {
        return switch (told.state()) {
            case "banned", "incompatible" -> "p2p peers unban " + told.id().shortText();
            case "backing-off" -> live ? "p2p peers connect " + told.id().shortText() + "   dials it at once" : "";
            default -> "";
        };
    }

    private void line(String label, String text) {
        out().println("  " + label + " ".repeat(9 - label.length()) + Printable.of(text));
    }
}
