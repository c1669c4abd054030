package dev.p2p.router.internal.peers;

import dev.p2p.api.store.AddressRecord;
import dev.p2p.api.store.Mark;
import dev.p2p.api.store.PeerRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Keeps what is remembered in step with a wall clock that is not to be trusted. */
final class Remembered {

    private Remembered() {}

    /** A record of an earlier run: nothing in it lies in the future that cannot, and nothing waits longer than it ever would. */
    static PeerRecord sane(PeerRecord peer, PeerPolicy policy, Instant now) {
        Instant latest = now.plus(policy.pace().retry().cap())
                .plus(policy.pace().persistentRetry().cap())
                .plus(policy.pace().upgradeEvery());
        PeerRecord sane = Addresses.changed(
                peer,
                address -> new AddressRecord(
                        address.address(),
                        address.source(),
                        earlier(address.firstSeen(), now),
                        address.lastSuccess().map(at -> earlier(at, now)),
                        address.failures(),
                        address.nextAttempt().map(at -> earlier(at, latest)),
                        policy.rules().life().sane(address, now)));
        if (peer.lastConnected().filter(now::isBefore).isPresent()) {
            sane = sane.withLastConnected(now);
        }
        return peer.reputationAt().isAfter(now) ? sane.withReputation(peer.reputation(), now) : sane;
    }

    /** What is to come is as far away as before the wall clock was set; so is what a standing is measured from. */
    static PeerRecord shifted(PeerRecord peer, Duration by) {
        PeerRecord shifted = Addresses.changed(
                peer,
                address -> new AddressRecord(
                        address.address(),
                        address.source(),
                        address.firstSeen(),
                        address.lastSuccess(),
                        address.failures(),
                        address.nextAttempt().map(at -> at.plus(by)),
                        address.expires().map(at -> at.plus(by))));
        shifted = shifted.withBan(moved(peer.ban(), by)).withIncompatible(moved(peer.incompatible(), by));
        return peer.reputation() == 0
                ? shifted
                : shifted.withReputation(peer.reputation(), peer.reputationAt().plus(by));
    }

    private static Optional<Mark> moved(Optional<Mark> mark, Duration by) {
        return mark.map(one -> new Mark(one.until().plus(by), one.reason()));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
