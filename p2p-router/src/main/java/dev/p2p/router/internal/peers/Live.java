package dev.p2p.router.internal.peers;

import dev.p2p.api.Direction;
import dev.p2p.api.Endpoint;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.PeerRef;
import dev.p2p.router.control.SlotClass;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A live connection. */
final class Live {

    final PeerRef peer;
    final PeerEntry entry;
    final Direction direction;
    final Endpoint remote;

    /** Where it was dialed; null if the peer came in. */
    final @Nullable NodeAddress address;

    /** The group whose outbound share it uses; null if that has no share. */
    final @Nullable String group;

    /** Where it says that it listens, if it came in and says so. */
    @Nullable
    NodeAddress listens;

    SlotClass slot;
    Instant since;

    /** Being ended: a close was asked for and is not asked for again. */
    boolean closing;

    /** Being ended in favour of another: it does not count against the cap any more. */
    boolean evicted;

    /** Let go because all has been said: nothing is held against it. */
    boolean released;

    /** A dial is on its way that is to replace it. */
    boolean reserved;

    Live(
            PeerRef peer,
            PeerEntry entry,
            Direction direction,
            Endpoint remote,
            Instant since,
            SlotClass slot,
            @Nullable NodeAddress address,
            @Nullable String group) {
        this.peer = peer;
        this.entry = entry;
        this.direction = direction;
        this.remote = remote;
        this.since = since;
        this.slot = slot;
        this.address = address;
        this.group = group;
    }
}
