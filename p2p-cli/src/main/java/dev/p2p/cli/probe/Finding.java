package dev.p2p.cli.probe;

import dev.p2p.api.Reason;
import dev.p2p.cli.dial.Stages;
import dev.p2p.cli.dial.Target;
import java.util.Optional;

/**
 * What a probe found out.
 *
 * @param target what was probed
 * @param stages how far it came
 * @param problem why the node is no good, empty if it is
 * @param detail the problem in the words of whoever met it
 */
record Finding(Target target, Stages stages, Optional<Reason> problem, String detail) {

    static Finding compatible(Target target, Stages stages) {
        return new Finding(target, stages, Optional.empty(), "");
    }

    static Finding failed(Target target, Stages stages, Reason problem, String detail) {
        return new Finding(target, stages, Optional.of(problem), detail);
    }

    /** The verdict's stable word. */
    String verdict() {
        return problem.map(Reason::toString).orElse("compatible");
    }
}
