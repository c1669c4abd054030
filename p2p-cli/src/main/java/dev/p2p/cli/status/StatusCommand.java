package dev.p2p.cli.status;

import dev.p2p.cli.json.Fields;
import dev.p2p.cli.json.JsonProblem;
import dev.p2p.cli.listing.Watching;
import dev.p2p.cli.option.ColourOption;
import dev.p2p.cli.option.Surroundings;
import dev.p2p.cli.output.ExitCode;
import dev.p2p.cli.output.Failure;
import dev.p2p.cli.output.Json;
import dev.p2p.cli.output.OutputFormat;
import dev.p2p.cli.target.LiveSource;
import dev.p2p.cli.target.PeerVerb;
import java.io.PrintWriter;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code p2p status}: a running node at a glance. */
@Command(
        name = "status",
        description = "Shows a running node on one screen; with --watch one line a second.",
        header = {
            "Examples:",
            "  p2p status --home ./node",
            "  p2p status --home ./node --watch",
            "  p2p status --control unix:///srv/node/control.sock -o json",
            ""
        })
public final class StatusCommand extends PeerVerb {

    @Option(
            names = {"-w", "--watch"},
            arity = "0..1",
            fallbackValue = "1s",
            paramLabel = "TIME",
            description = "a line every second, or as often as said")
    private Optional<String> watch = Optional.empty();

    @Mixin
    private ColourOption colour = new ColourOption();

    public StatusCommand(Surroundings around) {
        super(around);
    }

    @Override
    public Integer call() {
        Watching watching = Watching.of(watch, around);
        try (LiveSource source = target.running(spec, common, around)) {
            do {
                print(source.status(), watching.again());
            } while (watching.pause());
        }
        return ExitCode.OK;
    }

    private void print(Fields told, boolean again) {
        PrintWriter out = out();
        try {
            NodeFacts facts = NodeFacts.read(told);
            if (common.output() == OutputFormat.JSON) {
                if (watch.isPresent()) {
                    out.println(Json.line("status", facts.fields()));
                } else {
                    Json.print(out, "status", facts.fields());
                }
            } else if (watch.isPresent()) {
                StatusScreen.line(out, facts, !again);
            } else {
                StatusScreen.print(out, facts, colour.ink(around));
            }
            out.flush();
        } catch (JsonProblem e) {
            throw Failure.of(
                            "P2P-CONTROL-ANSWER",
                            ExitCode.FAILED,
                            "cannot understand the node",
                            String.valueOf(e.getMessage()))
                    .causedBy(e);
        }
    }
}
