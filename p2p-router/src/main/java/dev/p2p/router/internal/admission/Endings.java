package dev.p2p.router.internal.admission;

import dev.p2p.api.Reason;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** How often each reason ended a connection or an attempt to make one. Safe to use from every thread. */
public final class Endings {

    private final Map<Reason, LongAdder> counts = new EnumMap<>(Reason.class);

    public Endings() {
        for (Reason reason : Reason.values()) {
            counts.put(reason, new LongAdder());
        }
    }

    void count(Reason reason) {
        LongAdder count = counts.get(reason);
        if (count != null) {
            count.increment();
        }
    }

    /** All counts that are not zero. */
    public Map<Reason, Long> snapshot() {
        Map<Reason, Long> copy = new EnumMap<>(Reason.class);
        counts.forEach((reason, count) -> {
            if (count.sum() > 0) {
                copy.put(reason, count.sum());
            }
        });
        return copy;
    }
}
