package dev.p2p.cli.exchange;

import dev.p2p.cli.output.ExitCode;
import dev.p2p.cli.peerdata.PeerSource;
import dev.p2p.cli.peerdata.Taking;
import dev.p2p.cli.peerdata.Taking.Status;
import dev.p2p.router.control.MergeRule;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Takes what a file holds into a store or a running node, and counts what became of it. The same for every kind of file. */
public final class Import {

    private final Map<Status, Long> counts = new EnumMap<>(Status.class);
    private final List<Batch.Problem> refused = new ArrayList<>();
    private final Batch batch;

    private Import(Batch batch) {
        this.batch = batch;
    }

    /** Does it, or in a dry run finds out. */
    public static Import of(Batch batch, PeerSource into, MergeRule rule, boolean dryRun) {
        Import done = new Import(batch);
        List<Taking> takings =
                into.takeIn(batch.entries().stream().map(Batch.Entry::peer).toList(), rule, dryRun);
        for (int i = 0; i < takings.size(); i++) {
            Taking taking = takings.get(i);
            done.counts.merge(taking.status(), 1L, Long::sum);
            if (taking.status() == Status.REFUSED) {
                String place = batch.entries().get(i).place();
                done.refused.add(new Batch.Problem(place, "peer " + taking.id() + ": " + taking.why()));
            }
        }
        return done;
    }

    /** The counts, for people and programs. */
    public Map<String, Object> counts() {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (Status status : Status.values()) {
            fields.put(status.toString(), counts.getOrDefault(status, 0L));
        }
        return fields;
    }

    /** What is wrong with the file, and then what was refused. */
    public List<Batch.Problem> problems() {
        List<Batch.Problem> all = new ArrayList<>(batch.problems());
        all.addAll(refused);
        return all;
    }

    /** How much is wrong or was refused. */
    long troubles() {
        return batch.bad() + refused.size();
    }

    long bad() {
        return batch.bad();
    }

    int exitCode() {
        boolean nothing =
                !refused.isEmpty() && refused.size() == batch.entries().size();
        return nothing ? ExitCode.FAILED : troubles() == 0 ? ExitCode.OK : ExitCode.PARTLY;
    }
}
