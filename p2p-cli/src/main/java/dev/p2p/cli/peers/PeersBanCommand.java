package dev.p2p.cli.peers;

import dev.p2p.cli.option.ChangeOptions;
import dev.p2p.cli.option.DurationArgument;
import dev.p2p.cli.option.Surroundings;
import dev.p2p.cli.output.Failure;
import dev.p2p.cli.peerdata.PeerOrder;
import dev.p2p.cli.peerdata.PeerSource;
import dev.p2p.cli.target.PeerVerb;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code p2p peers ban}: refuses peers. */
@Command(name = "ban", description = "Refuses peers: they are neither dialed nor admitted nor told of.")
final class PeersBanCommand extends PeerVerb {

    private static final int MAX_REASON = 120;

    @Mixin
    private ChangeOptions change = new ChangeOptions();

    @Parameters(
            paramLabel = "ID|IP|CIDR",
            arity = "1..*",
            description = "peers, by the first digits of their IDs, or addresses, such as 192.0.2.0/24")
    private List<String> peers = new ArrayList<>();

    @Option(
            names = "--for",
            paramLabel = "TIME",
            description = "how long, such as 24h, or forever; default ${DEFAULT-VALUE}")
    private String time = "24h";

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            description = "why, for the list of bans; default ${DEFAULT-VALUE}")
    private String reason = "operator";

    PeersBanCommand(Surroundings around) {
        super(around);
    }

    @Override
    public Integer call() {
        if (reason.isBlank() || reason.length() > MAX_REASON) {
            throw Failure.usage("--reason has 1 to " + MAX_REASON + " characters", spec.qualifiedName());
        }
        Duration duration = time.equals("forever") ? PeerOrder.LONGEST_BAN : DurationArgument.parse("--for", time);
        try (PeerSource source = openToAdd(change.dryRun())) {
            List<PeerOrder> orders = new ArrayList<>();
            Names.blocks(peers).forEach(block -> orders.add(new PeerOrder.Block(block, duration, reason)));
            Names.resolve(source, Names.withoutBlocks(peers))
                    .forEach(id -> orders.add(new PeerOrder.Ban(id, duration, reason)));
            return OrderReport.print(this, source.carryOut(orders, change.dryRun()), change);
        }
    }
}
