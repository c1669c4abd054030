package dev.p2p.router.internal.peers;

import dev.p2p.api.AddressScope;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.api.store.PeerFlag;
import dev.p2p.api.store.PeerRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Options of Tendermint's peer manager ({@code PeerManagerOptions} in {@code internal/p2p/peermanager.go}), and what they are
 * here. Zero means what it means there: no bound, and no second attempt.
 */
final class GoOptions {

    private static final int MANY = 1_000;
    private static final Duration FOR_EVER = Duration.ofDays(36_500);

    private Set<NodeId> persistent = Set.of();
    private Set<NodeId> hidden = Set.of();
    private Map<NodeId, Integer> scores = Map.of();
    private List<NodeAddress> own = List.of();
    private int maxPeers;
    private int maxConnected;
    private int maxUpgrade;
    private Duration minRetry = Duration.ZERO;
    private Duration maxRetry = Duration.ZERO;

    private GoOptions() {}

    static GoOptions none() {
        return new GoOptions();
    }

    GoOptions connected(int max, int upgrade) {
        maxConnected = max;
        maxUpgrade = upgrade;
        return this;
    }

    GoOptions peers(int max) {
        maxPeers = max;
        return this;
    }

    GoOptions scored(Map<NodeId, Integer> values) {
        scores = values;
        return this;
    }

    GoOptions retrying(Duration min, Duration max) {
        minRetry = min;
        maxRetry = max;
        return this;
    }

    GoOptions persistent(NodeId... ids) {
        persistent = Set.of(ids);
        return this;
    }

    GoOptions hiding(NodeId... ids) {
        hidden = Set.of(ids);
        return this;
    }

    GoOptions reachedAt(NodeAddress address) {
        own = List.of(address);
        return this;
    }

    /** The policy under which the machine does what these options say. */
    PeerPolicy policy(NodeId self) {
        int connected = maxConnected == 0 ? MANY : maxConnected;
        int upgrade = maxConnected == 0 ? 0 : maxUpgrade;
        Map<NodeId, Set<PeerFlag>> flags = new HashMap<>();
        persistent.forEach(id -> flags.put(id, Set.of(PeerFlag.PERSISTENT)));
        hidden.forEach(id -> flags.put(id, Set.of(PeerFlag.PRIVATE)));
        PeerPolicy policy = PeerPolicy.defaults(self)
                .withFlags(flags)
                .withPace(pace())
                .withoutReservedSlots(1)
                .withCaps(new Caps(connected, connected + upgrade, upgrade, 0, upgrade, connected));
        return policy.withRules(rules(policy.rules()));
    }

    /** These peers, with the scores that the options give them, and those of whom only a score is known. */
    List<PeerRecord> scored(List<PeerRecord> remembered, Instant now) {
        Map<NodeId, PeerRecord> peers = new LinkedHashMap<>();
        remembered.forEach(peer -> peers.put(peer.id(), peer));
        scores.forEach((id, score) -> peers.put(
                id, peers.getOrDefault(id, PeerRecord.unknown(id, now)).withReputation(score, now)));
        return new ArrayList<>(peers.values());
    }

    private Pace pace() {
        Duration most = maxRetry.isZero() ? Duration.ofDays(365) : maxRetry;
        BackOff retry = minRetry.isZero() ? new BackOff(FOR_EVER, FOR_EVER) : new BackOff(minRetry, most);
        return new Pace(
                retry,
                retry,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ofSeconds(5),
                0,
                0,
                0,
                MANY);
    }

    private AddressRules rules(AddressRules usual) {
        int peers = maxPeers == 0 ? 10 * MANY : maxPeers;
        return new AddressRules(
                peers,
                peers,
                usual.addressesPerPeer(),
                usual.sourceQuota(),
                usual.groupQuota(),
                MANY,
                AddressScope.LOCAL,
                usual.lowestPort(),
                true,
                own,
                List.of(),
                usual.votesNeeded(),
                usual.life());
    }
}
