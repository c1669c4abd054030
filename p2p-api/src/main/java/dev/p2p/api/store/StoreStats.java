package dev.p2p.api.store;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a store knows of itself without reading its records.
 *
 * @param schema the version of its layout
 * @param approximatePeers about how many records there are; {@link PeerStore#verify()} counts
 * @param approximateEvents about how many history events there are
 * @param bytes what it takes on disk; 0 if it is not on disk
 * @param details more of the same kind, for people: names with lower-case letters and hyphens, in a fixed order
 */
public record StoreStats(
        int schema, long approximatePeers, long approximateEvents, long bytes, Map<String, Long> details) {

    public StoreStats {
        details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
    }
}
