package dev.p2p.router.internal.peers;

import dev.p2p.api.AddressScope;
import dev.p2p.api.Endpoint;
import dev.p2p.api.NetEndpoint;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.api.store.AddressRecord;
import dev.p2p.api.store.PeerRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * What may be told to other peers, as it was at one moment.
 *
 * @param verified addresses at which a connection was made
 * @param unverified addresses that were only heard of and have not failed
 * @param known how many peers are known
 */
record AddressSample(List<NodeAddress> verified, List<NodeAddress> unverified, int known) {

    static final AddressSample NOTHING = new AddressSample(List.of(), List.of(), 0);

    static AddressSample of(Collection<PeerRecord> peers, Instant now) {
        List<NodeAddress> verified = new ArrayList<>();
        List<NodeAddress> unverified = new ArrayList<>();
        for (PeerRecord peer : peers) {
            boolean barred = peer.ban().filter(mark -> mark.holdsAt(now)).isPresent()
                    || peer.incompatible().filter(mark -> mark.holdsAt(now)).isPresent();
            for (AddressRecord record : barred ? List.<AddressRecord>of() : peer.addresses()) {
                if (record.lastSuccess().isPresent()) {
                    verified.add(record.address());
                } else if (record.failures() == 0) {
                    unverified.add(record.address());
                }
            }
        }
        return new AddressSample(List.copyOf(verified), List.copyOf(unverified), peers.size());
    }

    /** A random choice, verified ones first: never the audience's own, never one that it cannot reach as far as that shows. */
    List<NodeAddress> choose(NodeId audience, Optional<Endpoint> remote, int limit, RandomGenerator random) {
        AddressScope scope = remote.map(AddressSample::scope).orElse(AddressScope.PUBLIC);
        List<NodeAddress> chosen = new ArrayList<>();
        for (List<NodeAddress> group : List.of(verified, unverified)) {
            List<NodeAddress> fitting = new ArrayList<>(group.stream()
                    .filter(address -> !address.id().equals(audience) && reaches(scope, address.scope()))
                    .toList());
            Collections.shuffle(fitting, Random.from(random));
            chosen.addAll(fitting.subList(0, Math.min(fitting.size(), limit - chosen.size())));
        }
        return List.copyOf(chosen);
    }

    /** Whoever sits on a narrow scope reaches all wider ones as well. */
    private static boolean reaches(AddressScope audience, AddressScope address) {
        return address == AddressScope.NAME || address.compareTo(audience) >= 0;
    }

    private static AddressScope scope(Endpoint remote) {
        return remote instanceof NetEndpoint net ? AddressScope.of(net.ip()) : AddressScope.LOCAL;
    }
}
