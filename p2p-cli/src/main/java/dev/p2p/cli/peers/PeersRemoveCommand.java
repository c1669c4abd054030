package dev.p2p.cli.peers;

import dev.p2p.api.NodeId;
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

/** {@code p2p peers remove}: forgets peers. */
@Command(name = "remove", description = "Forgets peers with their history. A ban is forgotten too.")
final class PeersRemoveCommand extends PeerVerb {

    @Mixin
    private ChangeOptions change = new ChangeOptions();

    @Parameters(paramLabel = "ID", arity = "1..*", description = "the peers, or the first digits of their IDs")
    private List<String> peers = new ArrayList<>();

    PeersRemoveCommand(Surroundings around) {
        super(around);
    }

    @Override
    public Integer call() {
        try (PeerSource source = openToChange(change.dryRun())) {
            List<NodeId> ids = Names.resolve(source, peers);
            change.confirm("forget " + ids.size() + " peer(s) with their history?", err(), around);
            List<PeerOrder> orders = new ArrayList<>();
            ids.forEach(id -> orders.add(new PeerOrder.Remove(id)));
            return OrderReport.print(this, source.carryOut(orders, change.dryRun()), change);
        }
    }
}
