package dev.p2p.cli.peers;

import dev.p2p.api.store.PeerStoreProvider.Access;
import dev.p2p.cli.option.ChangeOptions;
import dev.p2p.cli.option.DurationArgument;
import dev.p2p.cli.option.Surroundings;
import dev.p2p.cli.output.Failure;
import dev.p2p.cli.peerdata.PeerOrder;
import dev.p2p.cli.peerdata.PeerSource;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code p2p peers ban}: refuses peers. */
@Command(name = "ban", description = "Refuses peers: they are neither dialed nor admitted nor told of.")
final class PeersBanCommand extends PeerVerb {

    /** What "for ever" is in a record: later than any machine lives. */
    static final Instant FOREVER = Instant.parse("9999-12-31T00:00:00Z");

    private static final int MAX_REASON = 120;

    @Mixin
    private ChangeOptions change = new ChangeOptions();

    @Parameters(paramLabel = "ID", arity = "1..*", description = "the peers, or the first digits of their IDs")
    private List<String> peers = new ArrayList<>();

    @Option(names = "--for", paramLabel = "TIME", description = "how long, such as 24h, or forever; default ${DEFAULT-VALUE}")
    private String time = "24h";

    @Option(names = "--reason", paramLabel = "TEXT", description = "why, for the list of bans; default ${DEFAULT-VALUE}")
    private String reason = "operator";

    PeersBanCommand(Surroundings around) {
        super(around);
    }

    @Override
    public Integer call() {
        if (reason.isBlank() || reason.length() > MAX_REASON) {
            throw Failure.usage("--reason has 1 to " + MAX_REASON + " characters", spec.qualifiedName());
        }
        Instant until = end();
        try (PeerSource source = open(change.dryRun() ? Access.READ_ONLY : Access.READ_WRITE)) {
            List<PeerOrder> orders = new ArrayList<>();
            Names.resolve(source, peers).forEach(id -> orders.add(new PeerOrder.Ban(id, until, reason)));
            return OrderReport.print(this, source.carryOut(orders, change.dryRun()), change);
        }
    }

    private Instant end() {
        if (time.equals("forever")) {
            return FOREVER;
        }
        Instant now = around.clock().instant().truncatedTo(ChronoUnit.MILLIS);
        Instant end = now.plus(DurationArgument.parse("--for", time));
        return end.isAfter(FOREVER) ? FOREVER : end;
    }
}
