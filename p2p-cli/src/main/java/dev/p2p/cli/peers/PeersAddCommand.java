package dev.p2p.cli.peers;

import dev.p2p.api.store.PeerStoreProvider.Access;
import dev.p2p.cli.option.AddressArgument;
import dev.p2p.cli.option.ChangeOptions;
import dev.p2p.cli.option.Surroundings;
import dev.p2p.cli.peerdata.PeerOrder;
import dev.p2p.cli.peerdata.PeerSource;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code p2p peers add}: remembers addresses. */
@Command(name = "add", description = "Remembers addresses of peers; they survive a restart.")
final class PeersAddCommand extends PeerVerb {

    @Mixin
    private ChangeOptions change = new ChangeOptions();

    @Parameters(paramLabel = "ID@HOST:PORT", arity = "1..*", description = "the addresses")
    private List<String> addresses = new ArrayList<>();

    PeersAddCommand(Surroundings around) {
        super(around);
    }

    @Override
    public Integer call() {
        List<PeerOrder> orders = new ArrayList<>();
        addresses.forEach(text -> orders.add(new PeerOrder.Add(AddressArgument.node(text))));
        try (PeerSource source = open(change.dryRun() ? Access.READ_ONLY : Access.READ_WRITE)) {
            return OrderReport.print(this, source.carryOut(orders, change.dryRun()), change);
        }
    }
}
