package dev.p2p.cli.target;

import dev.p2p.api.store.PeerStoreProvider.Access;
import dev.p2p.cli.option.CommonOptions;
import dev.p2p.cli.option.Surroundings;
import dev.p2p.cli.output.OutputFormat;
import dev.p2p.cli.peerdata.PeerSource;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What the verbs that look at peers or change them have in common. */
public abstract class PeerVerb implements Callable<Integer> {

    protected final Surroundings around;

    @Mixin
    protected CommonOptions common = new CommonOptions();

    @Mixin
    protected TargetOptions target = new TargetOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    protected CommandSpec spec;

    protected PeerVerb(Surroundings around) {
        this.around = around;
    }

    /** Opens what is looked at. */
    protected final PeerSource open(Access access) {
        return target.open(access, spec, common, around);
    }

    /** Opens what something is added to; a store that is not there is made. */
    protected final PeerSource openToAdd(boolean dryRun) {
        return target.openToAdd(dryRun, spec, common, around);
    }

    /** Opens what is changed; a store that is not there is not made for that. */
    protected final PeerSource openToChange(boolean dryRun) {
        return target.openToChange(dryRun, spec, common, around);
    }

    /** How the result is printed. */
    public final OutputFormat format() {
        return common.output();
    }

    /** Where the result goes. */
    public final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** Where remarks go. */
    public final PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
