package dev.p2p.cli.peers;

import dev.p2p.api.store.PeerStoreProvider.Access;
import dev.p2p.cli.option.ChangeOptions;
import dev.p2p.cli.option.Surroundings;
import dev.p2p.cli.peerdata.PeerOrder;
import dev.p2p.cli.peerdata.PeerSource;
import dev.p2p.cli.target.PeerVerb;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code p2p peers connect}: dials now. */
@Command(name = "connect", description = "Makes a running node dial known peers at once, whatever their back-off.")
final class PeersConnectCommand extends PeerVerb {

    @Mixin
    private ChangeOptions change = new ChangeOptions();

    @Parameters(paramLabel = "ID", arity = "1..*", description = "the peers, or the first digits of their IDs")
    private List<String> peers = new ArrayList<>();

    PeersConnectCommand(Surroundings around) {
        super(around);
    }

    @Override
    public Integer call() {
        try (PeerSource source = open(Access.READ_ONLY)) {
            List<PeerOrder> orders = new ArrayList<>();
            Names.resolve(source, peers).forEach(id -> orders.add(new PeerOrder.Connect(id)));
            return OrderReport.print(this, source.carryOut(orders, change.dryRun()), change);
        }
    }
}
