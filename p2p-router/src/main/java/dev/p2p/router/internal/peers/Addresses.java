package dev.p2p.router.internal.peers;

import dev.p2p.api.NodeAddress;
import dev.p2p.api.store.AddressRecord;
import dev.p2p.api.store.PeerRecord;
import dev.p2p.api.store.Source;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Changes of the addresses in a peer's record. */
final class Addresses {

    private Addresses() {}

    /** The entry of an address, or null. */
    static @Nullable AddressRecord find(PeerRecord peer, NodeAddress address) {
        List<AddressRecord> addresses = peer.addresses();
        for (int i = 0; i < addresses.size(); i++) {
            if (addresses.get(i).address().equals(address)) {
                return addresses.get(i);
            }
        }
        return null;
    }

    /**
     * With one more address. If there is no room, the unverified one with the most failures goes for it, but a verified one
     * never does.
     *
     * @param expires when it is forgotten
     * @param most how many there may be then
     * @return the same record if there is no room
     */
    static PeerRecord with(
            PeerRecord peer, NodeAddress address, Source source, Instant now, Optional<Instant> expires, int most) {
        List<AddressRecord> addresses = new ArrayList<>(peer.addresses());
        if (addresses.size() >= Math.min(most, PeerRecord.MAX_ADDRESSES)) {
            AddressRecord worst = null;
            for (AddressRecord one : addresses) {
                boolean mayGo =
                        one.lastSuccess().isEmpty() && one.failures() > 0 && AddressLife.isHearsay(one.source());
                if (mayGo && (worst == null || one.failures() > worst.failures())) {
                    worst = one;
                }
            }
            if (worst == null) {
                return peer;
            }
            addresses.remove(worst);
        }
        addresses.add(new AddressRecord(address, source, now, Optional.empty(), 0, Optional.empty(), expires));
        return peer.withAddresses(addresses);
    }

    /** With one address changed. */
    static PeerRecord changed(PeerRecord peer, NodeAddress address, UnaryOperator<AddressRecord> change) {
        List<AddressRecord> addresses = new ArrayList<>(peer.addresses());
        for (int i = 0; i < addresses.size(); i++) {
            if (addresses.get(i).address().equals(address)) {
                addresses.set(i, change.apply(addresses.get(i)));
            }
        }
        return peer.withAddresses(addresses);
    }

    /** With an address that somebody who is to be obeyed asks for: as if nothing had been tried there, and kept for good. */
    static PeerRecord wanted(PeerRecord peer, NodeAddress address, Source source, Instant now) {
        return find(peer, address) == null
                ? with(peer, address, source, now, Optional.empty(), PeerRecord.MAX_ADDRESSES)
                : changed(peer, address, old -> kept(fresh(old), source));
    }

    /** With all addresses changed. */
    static PeerRecord changed(PeerRecord peer, UnaryOperator<AddressRecord> change) {
        List<AddressRecord> addresses = new ArrayList<>(peer.addresses());
        addresses.replaceAll(change);
        return peer.withAddresses(addresses);
    }

    static PeerRecord without(PeerRecord peer, NodeAddress address) {
        List<AddressRecord> addresses = new ArrayList<>(peer.addresses());
        addresses.removeIf(one -> one.address().equals(address));
        return peer.withAddresses(addresses);
    }

    /** As if nothing had been tried there. */
    static AddressRecord fresh(AddressRecord old) {
        return with(old, old.lastSuccess(), 0, Optional.empty());
    }

    /** Reached, but not yet for long: the failures before count on until the connection has proven itself. */
    static AddressRecord reached(AddressRecord old, Instant now) {
        return with(old, Optional.of(now), old.failures(), old.nextAttempt());
    }

    /** Not dialed before this instant, or the later one that holds already. */
    static AddressRecord notBefore(AddressRecord old, int failures, Instant next) {
        Instant later = old.nextAttempt().filter(next::isBefore).orElse(next);
        return with(old, old.lastSuccess(), failures, Optional.of(later));
    }

    /** Dialed again from this instant on. */
    static AddressRecord next(AddressRecord old, int failures, Instant next) {
        return with(old, old.lastSuccess(), failures, Optional.of(next));
    }

    private static AddressRecord with(
            AddressRecord old, Optional<Instant> lastSuccess, int failures, Optional<Instant> next) {
        return new AddressRecord(
                old.address(), old.source(), old.firstSeen(), lastSuccess, failures, next, old.expires());
    }

    /** Kept for good from now on, because this source tells of it; else as it was. */
    static AddressRecord kept(AddressRecord old, Source source) {
        return new AddressRecord(
                old.address(),
                AddressLife.isHearsay(old.source()) ? source : old.source(),
                old.firstSeen(),
                old.lastSuccess(),
                old.failures(),
                old.nextAttempt(),
                Optional.empty());
    }
}
