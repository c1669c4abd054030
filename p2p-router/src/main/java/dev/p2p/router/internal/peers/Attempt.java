package dev.p2p.router.internal.peers;

import dev.p2p.api.NodeAddress;
import dev.p2p.router.control.SlotClass;
import org.jspecify.annotations.Nullable;

/** An attempt at a connection, from the dial or the knock to its admission or its end. */
final class Attempt {

    final long number;

    /** Whom it dials; null if somebody came in. */
    final @Nullable PeerEntry dialed;

    /** Where it dials; null if somebody came in. */
    final @Nullable NodeAddress address;

    final SlotClass slot;

    /** The group whose outbound share it uses; null if that has no share. */
    final @Nullable String group;

    /** Whom it is to replace; null if it replaces nobody. */
    final @Nullable Live victim;

    Attempt(
            long number,
            @Nullable PeerEntry dialed,
            @Nullable NodeAddress address,
            SlotClass slot,
            @Nullable String group,
            @Nullable Live victim) {
        this.number = number;
        this.dialed = dialed;
        this.address = address;
        this.slot = slot;
        this.group = group;
        this.victim = victim;
    }
}
