package dev.p2p.cli.peers;

import dev.p2p.api.store.PeerStoreProvider.Access;
import dev.p2p.cli.filter.FieldKind;
import dev.p2p.cli.filter.Filter;
import dev.p2p.cli.filter.Filter.Compare;
import dev.p2p.cli.filter.Filter.Operand;
import dev.p2p.cli.filter.Filter.Operator;
import dev.p2p.cli.listing.ListingOptions;
import dev.p2p.cli.option.DurationArgument;
import dev.p2p.cli.option.Surroundings;
import dev.p2p.cli.output.ExitCode;
import dev.p2p.cli.output.OutputFormat;
import dev.p2p.cli.peerdata.Course;
import dev.p2p.cli.peerdata.LiveState;
import dev.p2p.cli.peerdata.PeerEvent;
import dev.p2p.cli.peerdata.PeerName;
import dev.p2p.cli.peerdata.PeerRow;
import dev.p2p.cli.peerdata.PeerSource;
import dev.p2p.cli.target.PeerVerb;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code p2p peers history}: what happened with a peer. */
@Command(name = "history", description = "Lists what happened with a peer, newest first.")
final class PeersHistoryCommand extends PeerVerb {

    /** More than any store keeps of one peer. */
    private static final int ALL = 10_000;

    @Mixin
    private ListingOptions listing = new ListingOptions();

    @Parameters(paramLabel = "ID", description = "the peer, or the first digits of its ID, at least four")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String peer;

    @Option(names = "--since", paramLabel = "TIME", description = "only what happened within this time, such as 24h")
    private Optional<String> since = Optional.empty();

    @Option(
            names = "--type",
            split = ",",
            paramLabel = "EVENT",
            description = "only these events, such as banned,refused")
    private List<String> types = new ArrayList<>();

    PeersHistoryCommand(Surroundings around) {
        super(around);
    }

    @Override
    public Integer call() {
        try (PeerSource source = open(Access.READ_ONLY)) {
            PeerRow row = PeerName.find(source, peer);
            boolean forPeople = common.format() == OutputFormat.TABLE || common.format() == OutputFormat.WIDE;
            row.live()
                    .map(LiveState::course)
                    .filter(course -> forPeople && !course.isEmpty())
                    .ifPresent(course -> out().println("score  " + Course.line(course)));
            listing.show(
                    PeerEvent.listing(true),
                    condition(),
                    selection -> {
                        source.refresh();
                        source.history(row.id(), ALL).forEach(selection::offer);
                    },
                    spec,
                    common,
                    around);
        }
        return ExitCode.OK;
    }

    private Filter condition() {
        List<Filter> parts = new ArrayList<>();
        since.ifPresent(time -> parts.add(new Compare(
                "at", FieldKind.TIME, Operator.AT_MOST, new Operand.Age(DurationArgument.parse("--since", time)))));
        if (!types.isEmpty()) {
            List<Operand> words = new ArrayList<>();
            types.forEach(type -> words.add(new Operand.Word(type)));
            parts.add(new Filter.In("type", FieldKind.TEXT, words));
        }
        return parts.isEmpty() ? Filter.EVERYTHING : new Filter.All(parts);
    }
}
