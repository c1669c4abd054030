package dev.p2p.api.store;

import dev.p2p.api.NodeId;

/** Who told of an address. */
public sealed interface Source {

    /** The node's configuration. */
    record Configured() implements Source {}

    /** An operator, by command. */
    record Operator() implements Source {}

    /** The peer itself, in its node information. */
    record SelfReported() implements Source {}

    /**
     * Another peer, by peer exchange.
     *
     * @param peer who
     */
    record Exchange(NodeId peer) implements Source {}
}
