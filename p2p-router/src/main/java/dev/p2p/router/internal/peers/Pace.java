package dev.p2p.router.internal.peers;

import java.time.Duration;

/**
 * When things happen.
 *
 * @param retry back-off for peers
 * @param persistentRetry back-off for persistent peers
 * @param stableAfter a connection that lasted so long was a good one: its back-off begins anew
 * @param upgradeEvery at most one peer is replaced by a better one in this time
 * @param tenure a connection is not replaced before it has lasted so long
 * @param feelerEvery one unverified address is tried in this time while all outbound slots are taken
 * @param newcomerService how long a newcomer is served while all inbound slots are taken; zero refuses it at once
 * @param probeLimit how long a connection has for a sign of life before its peer's second one takes its place
 * @param fastDials dials a second while less than half of the outbound slots are taken
 * @param slowDials dials a second otherwise
 * @param dialBurst dials at once
 * @param maxDialing dials in progress at the most
 */
public record Pace(
        BackOff retry,
        BackOff persistentRetry,
        Duration stableAfter,
        Duration upgradeEvery,
        Duration tenure,
        Duration feelerEvery,
        Duration newcomerService,
        Duration probeLimit,
        double fastDials,
        double slowDials,
        int dialBurst,
        int maxDialing) {

    /** Common times. */
    static final Pace STANDARD = new Pace(
            new BackOff(Duration.ofSeconds(5), Duration.ofHours(1)),
            new BackOff(Duration.ofSeconds(1), Duration.ofSeconds(60)),
            Duration.ofSeconds(30),
            Duration.ofMinutes(10),
            Duration.ofMinutes(10),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofSeconds(5),
            20,
            2,
            32,
            32);
}
