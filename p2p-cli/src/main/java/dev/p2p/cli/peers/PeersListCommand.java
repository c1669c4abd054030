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
import dev.p2p.cli.peerdata.PeerColumns;
import dev.p2p.cli.peerdata.PeerSource;
import dev.p2p.cli.target.PeerVerb;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code p2p peers list}: reads without changing anything. */
@Command(name = "list", description = "Lists the peers that a node knows.")
final class PeersListCommand extends PeerVerb {

    @Mixin
    private ListingOptions listing = new ListingOptions();

    @Option(names = "--connected", description = "only connected peers")
    private boolean connected;

    @Option(names = "--banned", description = "only banned peers")
    private boolean banned;

    @Option(names = "--state", paramLabel = "STATE", description = "only peers in this state, such as backing-off")
    private Optional<String> state = Optional.empty();

    @Option(
            names = "--dir",
            paramLabel = "in|out",
            description = "only connections that the peer, or this node, dialed")
    private Optional<String> direction = Optional.empty();

    @Option(names = "--since", paramLabel = "TIME", description = "only peers that were connected within this time")
    private Optional<String> since = Optional.empty();

    PeersListCommand(Surroundings around) {
        super(around);
    }

    @Override
    public Integer call() {
        long[] damaged = new long[1];
        AtomicBoolean again = new AtomicBoolean();
        try (PeerSource source = open(Access.READ_ONLY)) {
            listing.show(
                    PeerColumns.listing(source.live(), around.clock()),
                    condition(),
                    selection -> {
                        if (again.getAndSet(true)) {
                            source.refresh();
                        }
                        damaged[0] = source.peers(selection);
                    },
                    spec,
                    common,
                    around);
        }
        if (damaged[0] == 0) {
            return ExitCode.OK;
        }
        err().println("not shown: " + damaged[0] + " damaged records; p2p peers verify tells which");
        return ExitCode.PARTLY;
    }

    private Filter condition() {
        List<Filter> parts = new ArrayList<>();
        if (connected) {
            parts.add(text("state", "connected"));
        }
        if (banned) {
            parts.add(text("state", "banned"));
        }
        state.ifPresent(word -> parts.add(text("state", word)));
        direction.ifPresent(word -> parts.add(text("direction", word)));
        since.ifPresent(time -> parts.add(connectedWithin(DurationArgument.parse("--since", time))));
        return parts.isEmpty() ? Filter.EVERYTHING : new Filter.All(parts);
    }

    /** When a connection began says nothing about one that is still there. */
    static Filter connectedWithin(Duration time) {
        return new Filter.Any(List.of(
                text("state", "connected"),
                new Compare("last_connected", FieldKind.TIME, Operator.AT_MOST, new Operand.Age(time))));
    }

    private static Filter text(String field, String value) {
        return new Compare(field, FieldKind.TEXT, Operator.EQUAL, new Operand.Word(value));
    }
}
