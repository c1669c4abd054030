package dev.p2p.router.internal.peers;

import dev.p2p.api.NodeAddress;
import dev.p2p.api.PeerRef;
import dev.p2p.api.Reason;
import dev.p2p.api.store.Change;
import dev.p2p.api.store.Durability;
import dev.p2p.router.control.Decision;
import dev.p2p.router.control.Outcome;

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

    /** Ask a live connection for a sign of life. {@link Input.Probed} follows. */
    record Probe(PeerRef peer) implements Effect {}

    /** Remember. */
    record Persist(Change change, Durability durability) implements Effect {}

    /** Tell whoever wants to know. */
    record Decided(Decision decision) implements Effect {}

    /** Answer the operator whose wish this input was. */
    record Answer(Outcome outcome) implements Effect {}
}
