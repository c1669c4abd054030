package dev.p2p.cli.peers;

import dev.p2p.api.store.AddressRecord;
import dev.p2p.cli.listing.Collected;
import dev.p2p.cli.option.ChangeOptions;
import dev.p2p.cli.option.DurationArgument;
import dev.p2p.cli.option.Surroundings;
import dev.p2p.cli.output.ExitCode;
import dev.p2p.cli.output.Failure;
import dev.p2p.cli.output.Json;
import dev.p2p.cli.output.OutputFormat;
import dev.p2p.cli.peerdata.Outcome;
import dev.p2p.cli.peerdata.PeerOrder;
import dev.p2p.cli.peerdata.PeerRow;
import dev.p2p.cli.peerdata.PeerSource;
import dev.p2p.cli.target.PeerVerb;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code p2p peers prune}: forgets peers that are of no use. */
@Command(
        name = "prune",
        description = "Forgets peers by age and state. Connected and banned ones, and those with a flag, stay.")
final class PeersPruneCommand extends PeerVerb {

    @Mixin
    private ChangeOptions change = new ChangeOptions();

    @Option(
            names = "--older",
            paramLabel = "TIME",
            description = "neither connected nor told of within this time, such as 30d")
    private Optional<String> older = Optional.empty();

    @Option(names = "--state", paramLabel = "STATE", description = "in this state, such as untried or backing-off")
    private Optional<String> state = Optional.empty();

    PeersPruneCommand(Surroundings around) {
        super(around);
    }

    @Override
    public Integer call() {
        if (older.isEmpty() && state.isEmpty()) {
            throw Failure.usage("which peers? --older or --state is missing", spec.qualifiedName());
        }
        Optional<Duration> age = older.map(text -> DurationArgument.parse("--older", text));
        try (PeerSource source = openToChange(change.dryRun())) {
            Instant now = around.clock().instant();
            List<PeerRow> all = Collected.all(now, source::peers);
            List<PeerOrder> orders = all.stream()
                    .filter(row -> goes(row, age, now))
                    .<PeerOrder>map(row -> new PeerOrder.Remove(row.id()))
                    .toList();
            if (!orders.isEmpty()) {
                change.confirm("forget " + orders.size() + " of " + all.size() + " peers?", err(), around);
            }
            List<Outcome> outcomes = source.carryOut(orders, change.dryRun());
            report(all.size(), outcomes.stream().filter(Outcome::good).count());
            return outcomes.stream().allMatch(Outcome::good) ? ExitCode.OK : ExitCode.PARTLY;
        }
    }

    private boolean goes(PeerRow row, Optional<Duration> age, Instant now) {
        boolean kept = row.link().isPresent()
                || !row.flags().isEmpty()
                || row.record().ban().filter(mark -> mark.holdsAt(now)).isPresent();
        return !kept
                && age.filter(limit -> lastSign(row).isAfter(now.minus(limit))).isEmpty()
                && state.filter(word -> !word.equals(row.state(now))).isEmpty();
    }

    /** When it was last connected or heard of. */
    private static Instant lastSign(PeerRow row) {
        Instant last = row.record().lastConnected().orElse(Instant.EPOCH);
        for (AddressRecord address : row.record().addresses()) {
            Instant sign = address.lastSuccess().orElse(address.firstSeen());
            last = sign.isAfter(last) ? sign : last;
        }
        return last;
    }

    private void report(int known, long forgotten) {
        if (common.output() == OutputFormat.JSON) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("known", known);
            fields.put("forgotten", forgotten);
            fields.put("dry_run", change.dryRun());
            Json.print(out(), "prune", fields);
        } else {
            out().println((change.dryRun() ? "would forget " : "forgot ") + forgotten + " of " + known + " peers");
        }
    }
}
