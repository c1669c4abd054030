package dev.p2p.router.internal.peers;

import dev.p2p.api.NodeAddress;
import dev.p2p.api.PeerRef;
import dev.p2p.api.Reason;

/** Carries out effects. Called by the driver's thread in order; no method blocks. */
public interface PeerActions {

    /** @see Effect.Dial */
    void dial(long attempt, NodeAddress address);

    /** @see Effect.Proceed */
    void proceed(long attempt);

    /** @see Effect.Admit */
    void admit(long attempt, PeerRef peer);

    /** @see Effect.Refuse */
    void refuse(long attempt, Reason reason);

    /** @see Effect.Probe */
    void probe(PeerRef peer);

    /** @see Effect.Close */
    void close(PeerRef peer, Reason reason);

    /** @see Effect.Release */
    void release(PeerRef peer);
}
