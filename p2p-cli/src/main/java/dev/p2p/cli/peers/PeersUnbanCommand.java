package dev.p2p.cli.peers;

import dev.p2p.api.IpBlock;
import dev.p2p.api.NodeId;
import dev.p2p.cli.option.ChangeOptions;
import dev.p2p.cli.option.Surroundings;
import dev.p2p.cli.output.ExitCode;
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

/** {@code p2p peers unban}: lets peers back in. */
@Command(name = "unban", description = "Ends bans, with the back-off and the penalty behind them.")
final class PeersUnbanCommand extends PeerVerb {

    @Mixin
    private ChangeOptions change = new ChangeOptions();

    @Parameters(
            paramLabel = "ID|IP|CIDR",
            arity = "0..*",
            description = "peers, by the first digits of their IDs, or exactly the ranges that were banned")
    private List<String> peers = new ArrayList<>();

    @Option(names = "--all", description = "all that are banned")
    private boolean all;

    PeersUnbanCommand(Surroundings around) {
        super(around);
    }

    @Override
    public Integer call() {
        if (all != peers.isEmpty()) {
            throw Failure.usage("name peers, or --all, but not both", spec.qualifiedName());
        }
        try (PeerSource source = openToChange(change.dryRun())) {
            List<PeerOrder> orders = all ? everything(source) : named(source);
            if (orders.isEmpty()) {
                err().println("nobody is banned");
                return ExitCode.OK;
            }
            if (all) {
                change.confirm("end all " + orders.size() + " bans?", err(), around);
            }
            return OrderReport.print(this, source.carryOut(orders, change.dryRun()), change);
        }
    }

    private List<PeerOrder> named(PeerSource source) {
        List<PeerOrder> orders = new ArrayList<>();
        Names.blocks(peers).forEach(block -> orders.add(new PeerOrder.Unblock(block)));
        Names.resolve(source, Names.withoutBlocks(peers)).forEach(id -> orders.add(new PeerOrder.Unban(id)));
        return orders;
    }

    private static List<PeerOrder> everything(PeerSource source) {
        return source.bans().stream()
                .<PeerOrder>map(ban -> ban.range()
                        ? new PeerOrder.Unblock(IpBlock.parse(ban.subject()))
                        : new PeerOrder.Unban(NodeId.parse(ban.subject())))
                .toList();
    }
}
