package dev.p2p.cli.peers;

import dev.p2p.cli.option.ChangeOptions;
import dev.p2p.cli.output.ExitCode;
import dev.p2p.cli.output.Failure;
import dev.p2p.cli.output.Json;
import dev.p2p.cli.output.OutputFormat;
import dev.p2p.cli.output.Printable;
import dev.p2p.cli.peerdata.Outcome;
import dev.p2p.cli.peerdata.Outcome.Status;
import dev.p2p.cli.target.PeerVerb;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tells what came of orders, and with which exit code that ends. */
final class OrderReport {

    private OrderReport() {}

    /** Prints the outcomes: what was done as results, what was not on standard error. */
    static int print(PeerVerb verb, List<Outcome> outcomes, ChangeOptions options) {
        if (outcomes.stream().noneMatch(Outcome::good)) {
            throw failure(outcomes);
        }
        if (verb.format() == OutputFormat.JSON) {
            Json.printList(
                    verb.out(),
                    "changes",
                    outcomes.stream().map(o -> fields(o, options)).toList());
        } else {
            String prefix = options.dryRun() ? "would be: " : "";
            outcomes.stream()
                    .filter(Outcome::good)
                    .forEach(outcome ->
                            verb.out().println(Printable.of(outcome.subject() + "  " + prefix + outcome.text())));
        }
        verb.out().flush();
        List<Outcome> bad = outcomes.stream().filter(outcome -> !outcome.good()).toList();
        bad.forEach(
                outcome -> verb.err().println("not done: " + Printable.of(outcome.subject() + ": " + outcome.text())));
        return bad.isEmpty() ? ExitCode.OK : ExitCode.PARTLY;
    }

    private static Map<String, Object> fields(Outcome outcome, ChangeOptions options) {
        Map<String, Object> fields = new LinkedHashMap<>(outcome.fields());
        fields.put("dry_run", options.dryRun());
        return fields;
    }

    private static Failure failure(List<Outcome> outcomes) {
        Outcome first = outcomes.getFirst();
        String what = "cannot change " + first.subject()
                + (outcomes.size() > 1 ? " and " + (outcomes.size() - 1) + " more" : "");
        return first.status() == Status.NOT_FOUND
                ? Failure.of("P2P-PEER-NOT-FOUND", ExitCode.NOT_FOUND, what, first.text())
                        .tryThis("p2p peers list -o name --limit 0   lists all that are known")
                : Failure.of("P2P-CHANGE-REFUSED", ExitCode.FAILED, what, first.text());
    }
}
