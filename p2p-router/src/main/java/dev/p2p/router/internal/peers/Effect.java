package dev.p2p.router.internal.peers;

import dev.p2p.api.NodeAddress;
import dev.p2p.api.PeerRef;
import dev.p2p.api.Reason;
import dev.p2p.api.store.Change;
import dev.p2p.api.store.Durability;

/** What the peer manager wants done, in order. */
public sealed interface Effect {

    /** Dial, and tell how it went under this number. */
    record Dial(long attempt, NodeAddress address) implements Effect {}

    /** Shake hands with an accepted connection. */
    record Proceed(long attempt) implements Effect {}

    /** Let a handshaken connection live. */
    record Admit(long attempt, PeerRef peer) implements Effect {}

    /** Drop an attempt. */
    record Refuse(long attempt, Reason reason) implements Effect {}

    /** End a live connection. {@link Input.Closed} follows. */
    record Close(PeerRef peer, Reason reason) implements Effect {}

    /** End a live connection when what is queued for it is written. {@link Input.Closed} follows. */
    record Release(PeerRef peer) implements Effect {}

    /** Remember. */
    record Persist(Change change, Durability durability) implements Effect {}
}
