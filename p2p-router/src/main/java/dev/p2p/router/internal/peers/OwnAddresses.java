package dev.p2p.router.internal.peers;

import dev.p2p.api.AddressScope;
import dev.p2p.api.HostPort;
import dev.p2p.api.NetEndpoint;
import dev.p2p.api.NetworkGroup;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.router.control.NodeStatus.OwnAddress;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where this node can be reached: what its configuration says, what its network interfaces have, and what its peers report. A
 * report counts when peers in enough different parts of the network make it. Also the places that turned out to lead back to
 * this node, under whatever identity they were told.
 *
 * <p>Reports are kept in memory only: every connection brings a new one, and an old one may be of an address that this host no
 * longer has.
 */
final class OwnAddresses {

    private static final int MAX_CANDIDATES = 64;
    private static final int MAX_PLACES = 1_024;

    private final AddressRules rules;
    private final AddressPool pool;
    private final Map<NodeAddress, Set<String>> votes = new LinkedHashMap<>();
    private final Set<Place> places = new HashSet<>();

    OwnAddresses(AddressRules rules, AddressPool pool) {
        this.rules = rules;
        this.pool = pool;
        rules.configuredOwn().forEach(address -> places.add(place(address)));
        rules.interfaces().forEach(address -> places.add(place(address)));
        publish();
    }

    /** A dial to this place met this node. */
    void ledBack(NodeAddress address) {
        note(address);
    }

    /** Whether a place is this node's own. */
    boolean isOwn(NodeAddress address) {
        return !places.isEmpty() && places.contains(place(address));
    }

    /** A peer says that this node can be reached there. */
    void vote(NodeAddress address, NodeId voter, Optional<Live> connection) {
        if (address.host().isEmpty()
                || !Learning.isDestination(address)
                || new HostPort(address.host(), 1).ip().isEmpty()) {
            return;
        }
        if (votes.size() == MAX_CANDIDATES && !votes.containsKey(address)) {
            NodeAddress weakest = votes.entrySet().stream()
                    .min(Comparator.comparingInt(entry -> entry.getValue().size()))
                    .orElseThrow()
                    .getKey();
            votes.remove(weakest);
        }
        Set<String> voters = votes.computeIfAbsent(address, key -> new HashSet<>());
        if (voters.size() < rules.votesNeeded() && voters.add(part(voter, connection)) && believed(address)) {
            note(address);
            publish();
        }
    }

    /** Bounded, because peers decide how many there are. */
    private void note(NodeAddress address) {
        if (places.size() < MAX_PLACES) {
            places.add(place(address));
        }
    }

    /** What is known, best first. */
    List<OwnAddress> all() {
        List<OwnAddress> all = new ArrayList<>();
        rules.configuredOwn().forEach(address -> all.add(new OwnAddress(address, "configured", true)));
        for (NodeAddress address : rules.interfaces()) {
            if (!rules.configuredOwn().contains(address)) {
                all.add(new OwnAddress(
                        address, "interface", rules.configuredOwn().isEmpty()));
            }
        }
        votes.forEach((address, voters) -> {
            if (all.stream().noneMatch(one -> one.address().equals(address))) {
                all.add(new OwnAddress(
                        address,
                        "observed",
                        believed(address) && rules.configuredOwn().isEmpty()));
            }
        });
        return all;
    }

    private boolean believed(NodeAddress address) {
        return votes.getOrDefault(address, Set.of()).size() >= rules.votesNeeded();
    }

    /** A configured address stands alone: whoever wrote it knows better than what can be observed. */
    private void publish() {
        pool.own(all().stream()
                .filter(OwnAddress::told)
                .map(OwnAddress::address)
                .filter(address -> address.scope() != AddressScope.UNUSABLE)
                .toList());
    }

    /** Identities cost nothing, so peers in one part of the network have one vote. */
    private static String part(NodeId voter, Optional<Live> connection) {
        return connection
                .map(live -> live.remote)
                .filter(NetEndpoint.class::isInstance)
                .map(remote -> ((NetEndpoint) remote).ip())
                .filter(ip -> AddressScope.of(ip).routable())
                .map(OwnAddresses::group)
                .orElseGet(voter::toString);
    }

    private static String group(InetAddress ip) {
        return NetworkGroup.of(ip).name();
    }

    private static Place place(NodeAddress address) {
        return new Place(address.protocol(), address.host(), address.port(), address.path());
    }

    /** An address without the identity that is said to be there. */
    private record Place(String protocol, String host, int port, String path) {}
}
