package dev.p2p.router.internal.peers;

import dev.p2p.api.NetEndpoint;
import dev.p2p.api.NetworkGroup;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.store.Source;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who told of the unverified peers, and where they are: neither one source nor one part of the network fills the table. What
 * the configuration or an operator says is under no quota.
 */
final class Quotas {

    /** Groups that say nothing about ownership: a private network is one group, and so are all host names. */
    private static final String NAMES = "name";

    private final AddressRules rules;
    private final Map<String, QuotaBucket> sources = new HashMap<>();
    private final Map<String, QuotaBucket> groups = new HashMap<>();

    Quotas(AddressRules rules) {
        this.rules = rules;
    }

    /** The bucket that is full and would take the address; null if there is room. */
    @Nullable
    QuotaBucket full(NodeAddress address, Source source, Optional<Live> teller) {
        QuotaBucket ofSource =
                sourceName(source, address, teller).map(sources::get).orElse(null);
        if (ofSource != null && ofSource.size() >= rules.sourceQuota()) {
            return ofSource;
        }
        QuotaBucket ofGroup = groupName(address).map(groups::get).orElse(null);
        return ofGroup != null && ofGroup.size() >= rules.groupQuota() ? ofGroup : null;
    }

    /** Counts a new unverified peer. */
    void count(PeerEntry entry, NodeAddress address, Source source, Optional<Live> teller) {
        sourceName(source, address, teller).ifPresent(name -> {
            entry.source = sources.computeIfAbsent(name, key -> new QuotaBucket(key, true));
            entry.source.add(entry);
            groupName(address).ifPresent(group -> {
                entry.group = groups.computeIfAbsent(group, key -> new QuotaBucket(key, false));
                entry.group.add(entry);
            });
        });
    }

    /** Counts a peer no more: it is verified, wanted or forgotten. */
    void release(PeerEntry entry) {
        entry.source = release(entry, entry.source, sources);
        entry.group = release(entry, entry.group, groups);
    }

    /** How many count against a source or group, for tests. */
    Map<String, Integer> sizes() {
        Map<String, Integer> sizes = new HashMap<>();
        sources.forEach((name, bucket) -> sizes.put("source " + name, bucket.size()));
        groups.forEach((name, bucket) -> sizes.put("group " + name, bucket.size()));
        return sizes;
    }

    private static @Nullable QuotaBucket release(
            PeerEntry entry, @Nullable QuotaBucket bucket, Map<String, QuotaBucket> all) {
        if (bucket != null) {
            bucket.remove(entry);
            if (bucket.size() == 0) {
                all.remove(bucket.name);
            }
        }
        return null;
    }

    /** The part of the network that the teller is in, since identities cost nothing; its identity where that says nothing. */
    private static Optional<String> sourceName(Source source, NodeAddress address, Optional<Live> teller) {
        return switch (source) {
            case Source.Configured _, Source.Operator _ -> Optional.empty();
            case Source.SelfReported _ ->
                Optional.of("self " + groupName(address).orElse("any"));
            case Source.Exchange(var peer) -> {
                String where = teller.map(live -> live.remote)
                        .filter(NetEndpoint.class::isInstance)
                        .map(remote -> NetworkGroup.ofRoutable(((NetEndpoint) remote).ip()))
                        .filter(Quotas::says)
                        .map(NetworkGroup::name)
                        .orElseGet(peer::toString);
                yield Optional.of(where);
            }
        };
    }

    /** The group of an address under a quota. */
    static Optional<String> groupName(NodeAddress address) {
        return Optional.of(address.networkGroup()).filter(Quotas::says).map(NetworkGroup::name);
    }

    private static boolean says(NetworkGroup group) {
        return !group.equals(NetworkGroup.LOCAL)
                && !group.equals(NetworkGroup.UNROUTABLE)
                && !group.name().equals(NAMES);
    }
}
