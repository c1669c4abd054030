package dev.p2p.cli.peers;

import dev.p2p.api.store.PeerStoreProvider.Access;
import dev.p2p.cli.option.ChangeOptions;
import dev.p2p.cli.option.Surroundings;
import dev.p2p.cli.output.Failure;
import dev.p2p.cli.peerdata.PeerOrder;
import dev.p2p.cli.peerdata.PeerSource;
import dev.p2p.cli.target.PeerVerb;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code p2p peers disconnect}: ends connections. */
@Command(name = "disconnect", description = "Ends connections of a running node. The peers may come back; see ban.")
final class PeersDisconnectCommand extends PeerVerb {

    private static final int MAX_REASON = 120;

    @Mixin
    private ChangeOptions change = new ChangeOptions();

    @Parameters(paramLabel = "ID", arity = "1..*", description = "the peers, or the first digits of their IDs")
    private List<String> peers = new ArrayList<>();

    @Option(names = "--reason", paramLabel = "TEXT", description = "why, for the history; default ${DEFAULT-VALUE}")
    private String reason = "operator";

    PeersDisconnectCommand(Surroundings around) {
        super(around);
    }

    @Override
    public Integer call() {
        if (reason.isBlank() || reason.length() > MAX_REASON) {
            throw Failure.usage("--reason has 1 to " + MAX_REASON + " characters", spec.qualifiedName());
        }
        try (PeerSource source = open(Access.READ_ONLY)) {
            List<PeerOrder> orders = new ArrayList<>();
            Names.resolve(source, peers).forEach(id -> orders.add(new PeerOrder.Disconnect(id, reason)));
            return OrderReport.print(this, source.carryOut(orders, change.dryRun()), change);
        }
    }
}
