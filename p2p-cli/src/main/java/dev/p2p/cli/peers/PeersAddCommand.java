package dev.p2p.cli.peers;

import dev.p2p.api.store.PeerFlag;
import dev.p2p.cli.option.AddressArgument;
import dev.p2p.cli.option.ChangeOptions;
import dev.p2p.cli.option.Surroundings;
import dev.p2p.cli.peerdata.PeerOrder;
import dev.p2p.cli.peerdata.PeerSource;
import dev.p2p.cli.target.PeerVerb;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code p2p peers add}: remembers addresses. */
@Command(name = "add", description = "Remembers addresses of peers; they survive a restart.")
final class PeersAddCommand extends PeerVerb {

    @Mixin
    private ChangeOptions change = new ChangeOptions();

    @Parameters(paramLabel = "ID@HOST:PORT", arity = "1..*", description = "the addresses")
    private List<String> addresses = new ArrayList<>();

    @Option(names = "--persistent", description = "stay connected to the peer")
    private boolean persistent;

    @Option(names = "--unconditional", description = "admit the peer whenever it comes")
    private boolean unconditional;

    @Option(names = "--private", description = "never tell others of the peer")
    private boolean hidden;

    @Option(names = "--protected", description = "never end its connection to make room")
    private boolean shielded;

    PeersAddCommand(Surroundings around) {
        super(around);
    }

    @Override
    public Integer call() {
        List<PeerOrder> orders = new ArrayList<>();
        addresses.forEach(text -> orders.add(new PeerOrder.Add(AddressArgument.node(text), flags())));
        try (PeerSource source = openToAdd(change.dryRun())) {
            return OrderReport.print(this, source.carryOut(orders, change.dryRun()), change);
        }
    }

    private Set<PeerFlag> flags() {
        Set<PeerFlag> flags = EnumSet.noneOf(PeerFlag.class);
        if (persistent) {
            flags.add(PeerFlag.PERSISTENT);
        }
        if (unconditional) {
            flags.add(PeerFlag.UNCONDITIONAL);
        }
        if (hidden) {
            flags.add(PeerFlag.PRIVATE);
        }
        if (shielded) {
            flags.add(PeerFlag.PROTECTED);
        }
        return flags;
    }
}
