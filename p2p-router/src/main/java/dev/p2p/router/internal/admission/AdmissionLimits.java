package dev.p2p.router.internal.admission;

import java.net.InetAddress;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * How long things may take, and how much there may be.
 *
 * @param dial until a connection is open
 * @param handshake from then until the peer has proven itself and told of itself
 * @param pending the most inbound connections that have not proven themselves
 * @param pendingEach the most of them from one address
 * @param liveEach the most connections that one address may open
 * @param exempt the addresses that these two do not hold for
 * @param unfinishedBytes the most memory for messages of which only a part has come
 */
public record AdmissionLimits(
        Duration dial,
        Duration handshake,
        int pending,
        int pendingEach,
        int liveEach,
        Predicate<InetAddress> exempt,
        long unfinishedBytes) {}
