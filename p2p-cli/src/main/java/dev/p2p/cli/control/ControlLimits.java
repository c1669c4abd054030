package dev.p2p.cli.control;

import java.time.Duration;

/**
 * What a control socket bears.
 *
 * @param maxClients at the same time; another one is turned away
 * @param requestsPerSecond of one client, in the long run; more are answered later
 * @param burst requests of one client that are answered at once
 * @param idle a client that asks nothing for so long is dropped
 * @param writing a client that takes nothing of an answer for so long is dropped
 */
record ControlLimits(int maxClients, int requestsPerSecond, int burst, Duration idle, Duration writing) {

    /** For a node. */
    static final ControlLimits USUAL = new ControlLimits(16, 100, 200, Duration.ofMinutes(5), Duration.ofSeconds(10));
}
