package dev.p2p.router.control;

import dev.p2p.api.store.AddressRecord;
import dev.p2p.api.store.Mark;
import dev.p2p.api.store.PeerRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What becomes of a peer that is known already, when somebody else's record of it is taken in. */
public enum MergeRule {
    /** What is known stays; new addresses are added, and the longer ban holds. */
    KEEP {
        @Override
        public PeerRecord merge(PeerRecord known, PeerRecord told) {
            List<AddressRecord> addresses = new ArrayList<>(known.addresses());
            for (AddressRecord address : told.addresses()) {
                boolean there = addresses.stream().anyMatch(a -> a.address().equals(address.address()));
                if (!there && addresses.size() < PeerRecord.MAX_ADDRESSES) {
                    addresses.add(address);
                }
            }
            return known.withAddresses(addresses).withBan(longer(known.ban(), told.ban()));
        }

        @Override
        public boolean takesHistory(PeerRecord known, PeerRecord told) {
            return false;
        }
    },
    /** The record that was changed last wins; the longer ban holds. */
    NEWER {
        @Override
        public PeerRecord merge(PeerRecord known, PeerRecord told) {
            PeerRecord winner = changed(told).isAfter(changed(known)) ? told : known;
            return winner.withBan(longer(known.ban(), told.ban()));
        }

        @Override
        public boolean takesHistory(PeerRecord known, PeerRecord told) {
            return changed(told).isAfter(changed(known));
        }
    },
    /** What the file says holds. */
    REPLACE {
        @Override
        public PeerRecord merge(PeerRecord known, PeerRecord told) {
            return told;
        }

        @Override
        public boolean takesHistory(PeerRecord known, PeerRecord told) {
            return true;
        }
    };

    /** The record that results. */
    public abstract PeerRecord merge(PeerRecord known, PeerRecord told);

    /** Whether a history that is told, if there is one, takes the place of the known one: two are never mixed. */
    public abstract boolean takesHistory(PeerRecord known, PeerRecord told);

    private static Optional<Mark> longer(Optional<Mark> one, Optional<Mark> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.or(() -> other);
        }
        return other.get().until().isAfter(one.get().until()) ? other : one;
    }

    /** The last thing that happened in a record. */
    private static Instant changed(PeerRecord peer) {
        Instant last = peer.reputationAt();
        Instant connected = peer.lastConnected().orElse(last);
        last = connected.isAfter(last) ? connected : last;
        for (AddressRecord address : peer.addresses()) {
            Instant success = address.lastSuccess().orElse(address.firstSeen());
            last = success.isAfter(last) ? success : last;
        }
        return last;
    }
}
