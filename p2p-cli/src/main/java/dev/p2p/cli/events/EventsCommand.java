package dev.p2p.cli.events;

import dev.p2p.cli.filter.Filter;
import dev.p2p.cli.filter.FilterException;
import dev.p2p.cli.filter.FilterParser;
import dev.p2p.cli.json.Fields;
import dev.p2p.cli.json.JsonProblem;
import dev.p2p.cli.listing.Listing;
import dev.p2p.cli.option.AnyFormat;
import dev.p2p.cli.option.ColourOption;
import dev.p2p.cli.option.DurationArgument;
import dev.p2p.cli.option.Surroundings;
import dev.p2p.cli.output.ExitCode;
import dev.p2p.cli.output.Failure;
import dev.p2p.cli.output.Ink;
import dev.p2p.cli.output.Json;
import dev.p2p.cli.output.OutputFormat;
import dev.p2p.cli.output.Printable;
import dev.p2p.cli.peerdata.PeerEvent;
import dev.p2p.cli.target.LiveSource;
import dev.p2p.cli.target.PeerVerb;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code p2p events}: what a running node decides, as it decides. */
@Command(
        name = "events",
        description = "Prints what a running node decides about its peers, until Ctrl-C, --count or --for.",
        header = {
            "Examples:",
            "  p2p events --home ./node",
            "  p2p events --home ./node --type banned,refused -o jsonl",
            "  p2p events --home ./node --peer 8f1d --filter 'reason ~ full'",
            ""
        })
public final class EventsCommand extends PeerVerb implements AnyFormat {

    @Option(
            names = "--type",
            split = ",",
            paramLabel = "EVENT",
            description = "only these events, such as dial,admitted")
    private List<String> types = new ArrayList<>();

    @Option(names = "--peer", paramLabel = "ID", description = "only of peers whose ID begins so")
    private String peer = "";

    @Option(names = "--filter", paramLabel = "EXPR", description = "only events that fulfil this; see docs/cli.md")
    private Optional<String> filter = Optional.empty();

    @Option(names = "--count", paramLabel = "N", description = "end after so many")
    private long count = Long.MAX_VALUE;

    @Option(names = "--for", paramLabel = "TIME", description = "end after this time")
    private Optional<String> lifetime = Optional.empty();

    @Mixin
    private ColourOption colour = new ColourOption();

    private long printed;

    public EventsCommand(Surroundings around) {
        super(around);
    }

    @Override
    public Integer call() {
        Listing<PeerEvent> listing = PeerEvent.listing(false);
        Filter wanted = filter.map(text -> parse(text, listing)).orElse(Filter.EVERYTHING);
        requireFormat();
        long end = lifetime.map(text -> DurationArgument.parse("--for", text))
                .map(Duration::toNanos)
                .map(nanos -> System.nanoTime() + nanos)
                .orElse(Long.MAX_VALUE);
        Ink ink = colour.ink(around);
        try (LiveSource source = target.running(spec, common, around)) {
            source.events(types, peer.toLowerCase(Locale.ROOT), item -> {
                take(item, listing, wanted, ink);
                boolean late = end != Long.MAX_VALUE && System.nanoTime() - end >= 0;
                return printed < count && !late;
            });
        }
        return ExitCode.OK;
    }

    /** An item without an instant only says that nothing is new, or that something was lost. */
    private void take(Fields item, Listing<PeerEvent> listing, Filter wanted, Ink ink) throws JsonProblem {
        if (item.has("missed")) {
            err().println("lost " + item.integer("missed", 1, Long.MAX_VALUE)
                    + " events: they came faster than they were read");
            return;
        }
        if (!item.has("at")) {
            return;
        }
        PeerEvent event = PeerEvent.read(item);
        if (wanted.test(listing.values(event), around.clock().instant())) {
            printed++;
            print(event, ink);
        }
    }

    private void print(PeerEvent event, Ink ink) {
        if (common.format() == OutputFormat.JSONL) {
            out().println(Json.line("event", event.fields()));
        } else {
            String id = event.peer().map(peerId -> peerId.shortText()).orElse("-");
            String type = String.format(Locale.ROOT, "%-12s", Printable.of(event.type()));
            out().println(String.format(Locale.ROOT, "%-24s  %-10s  ", event.at(), id)
                    + ink.paint(PeerEvent.tone(event.type()), type) + "  "
                    + Printable.of(event.reason() + "  " + event.detail()));
        }
        out().flush();
    }

    private void requireFormat() {
        OutputFormat format = common.format();
        if (format != OutputFormat.TABLE && format != OutputFormat.JSONL) {
            throw Failure.of(
                            "P2P-FORMAT-UNFIT",
                            ExitCode.USAGE,
                            "cannot print this as " + format.name().toLowerCase(Locale.ROOT),
                            "a stream has one event a line")
                    .tryThis("-o jsonl")
                    .orThis("-o table");
        }
    }

    private static Filter parse(String text, Listing<PeerEvent> listing) {
        try {
            return FilterParser.parse(text, listing.fields());
        } catch (FilterException e) {
            throw Failure.of(
                            "P2P-FILTER-INVALID",
                            ExitCode.USAGE,
                            "cannot understand the filter",
                            "at character " + e.position() + ": " + e.getMessage())
                    .tryThis("--filter 'type==banned || reason ~ full'")
                    .causedBy(e);
        }
    }
}
