package dev.p2p.cli.peers;

import dev.p2p.api.store.PeerStoreProvider.Access;
import dev.p2p.cli.option.CommonOptions;
import dev.p2p.cli.option.Surroundings;
import dev.p2p.cli.peerdata.PeerSource;
import dev.p2p.cli.target.TargetOptions;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What the verbs below {@code p2p peers} have in common. */
abstract class PeerVerb implements Callable<Integer> {

    final Surroundings around;

    @Mixin
    CommonOptions common = new CommonOptions();

    @Mixin
    TargetOptions target = new TargetOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    CommandSpec spec;

    PeerVerb(Surroundings around) {
        this.around = around;
    }

    final PeerSource open(Access access) {
        return target.open(access, spec, common, around);
    }

    /** Opens what something is added to; a store that is not there is made. */
    final PeerSource openToAdd(boolean dryRun) {
        return target.openToAdd(dryRun, spec, common, around);
    }

    /** Opens what is changed; a store that is not there is not made for that. */
    final PeerSource openToChange(boolean dryRun) {
        return target.openToChange(dryRun, spec, common, around);
    }

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    final PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
