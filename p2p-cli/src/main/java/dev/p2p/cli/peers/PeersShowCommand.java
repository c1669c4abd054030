package dev.p2p.cli.peers;

import dev.p2p.api.store.PeerStoreProvider.Access;
import dev.p2p.cli.option.ColourOption;
import dev.p2p.cli.option.Surroundings;
import dev.p2p.cli.output.ExitCode;
import dev.p2p.cli.output.Json;
import dev.p2p.cli.output.OutputFormat;
import dev.p2p.cli.peerdata.PeerEvent;
import dev.p2p.cli.peerdata.PeerName;
import dev.p2p.cli.peerdata.PeerRow;
import dev.p2p.cli.peerdata.PeerSource;
import dev.p2p.cli.target.PeerVerb;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code p2p peers show}: all about one peer. */
@Command(name = "show", description = "Shows everything about one peer, the last events at the end.")
final class PeersShowCommand extends PeerVerb {

    /** More than a node or a store keeps of one peer; the penalties among them are counted. */
    private static final int EVENTS = 1_000;

    @Parameters(paramLabel = "ID", description = "the peer, or the first digits of its ID, at least four")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String peer;

    @Mixin
    private ColourOption colour = new ColourOption();

    PeersShowCommand(Surroundings around) {
        super(around);
    }

    @Override
    public Integer call() {
        try (PeerSource source = open(Access.READ_ONLY)) {
            PeerRow row = PeerName.find(source, peer);
            List<PeerEvent> events = source.history(row.id(), EVENTS);
            PeerScreen screen = new PeerScreen(
                    row,
                    events,
                    source.explain(row.id()).score(),
                    around.clock().instant());
            if (common.output() == OutputFormat.JSON) {
                Json.print(out(), "peer", screen.fields());
            } else {
                screen.print(out(), colour.ink(around));
            }
        }
        return ExitCode.OK;
    }
}
