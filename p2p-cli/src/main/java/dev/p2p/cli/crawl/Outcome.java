package dev.p2p.cli.crawl;

import dev.p2p.api.NodeAddress;
import dev.p2p.api.Reason;
import dev.p2p.cli.dial.Stages;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a visit went.
 *
 * @param stages how far it came, and what the node told of itself
 * @param problem why there is no answer; empty if there is one, or the node has no peer exchange
 * @param detail the problem in words
 * @param told the addresses that the node told
 * @param malformed how many of them were none
 * @param answerNanos from the question to the answer
 */
record Outcome(
        Stages stages,
        Optional<Reason> problem,
        String detail,
        List<NodeAddress> told,
        int malformed,
        OptionalLong answerNanos) {

    static Outcome failed(Stages stages, Reason problem, String detail) {
        return new Outcome(stages, Optional.of(problem), detail, List.of(), 0, OptionalLong.empty());
    }

    /** Whether a node proved its identity and told of itself. */
    boolean reached() {
        return stages.info().isPresent()
                && problem.filter(reason -> reason == Reason.WRONG_ID).isEmpty();
    }

    boolean answered() {
        return answerNanos.isPresent();
    }

    /** The outcome's stable word: {@code answered}, {@code no-peer-exchange}, or the reason of a failure. */
    String word() {
        return problem.map(Reason::toString).orElse(answered() ? "answered" : "no-peer-exchange");
    }
}
