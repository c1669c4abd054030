package dev.p2p.api.reactor;

import dev.p2p.api.PeerRef;
import java.util.Map;

/**
 * What became of a broadcast.
 *
 * @param queued for how many peers it was queued
 * @param refused the peers it was not queued for, and why; peers that do not serve the channel are not listed
 */
public record BroadcastResult(int queued, Map<PeerRef, SendResult> refused) {

    public BroadcastResult {
        refused = Map.copyOf(refused);
    }
}
