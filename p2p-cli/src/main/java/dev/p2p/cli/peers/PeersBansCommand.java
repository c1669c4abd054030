package dev.p2p.cli.peers;

import dev.p2p.api.store.PeerStoreProvider.Access;
import dev.p2p.cli.listing.ListingOptions;
import dev.p2p.cli.option.Surroundings;
import dev.p2p.cli.output.ExitCode;
import dev.p2p.cli.peerdata.BanRow;
import dev.p2p.cli.peerdata.PeerSource;
import dev.p2p.cli.target.PeerVerb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code p2p peers bans}: who is refused, why, and until when. */
@Command(name = "bans", description = "Lists the bans: who, why, until when.")
final class PeersBansCommand extends PeerVerb {

    @Mixin
    private ListingOptions listing = new ListingOptions();

    PeersBansCommand(Surroundings around) {
        super(around);
    }

    @Override
    public Integer call() {
        try (PeerSource source = open(Access.READ_ONLY)) {
            listing.show(
                    BanRow.listing(around.clock()),
                    selection -> {
                        source.refresh();
                        source.bans().forEach(selection::offer);
                    },
                    spec,
                    common,
                    around);
        }
        return ExitCode.OK;
    }
}
