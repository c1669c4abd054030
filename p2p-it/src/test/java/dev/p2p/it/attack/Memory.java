package dev.p2p.it.attack;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;

/** The memory that this process holds: its heap, and buffers beside it. */
final class Memory {

    private Memory() {}

    /** Bytes that are in use after garbage was collected. */
    static long used() {
        System.gc();
        System.gc();
        long direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() + direct;
    }

    /** Waits until no more is in use. What a connection held goes a little later than the connection. */
    static void settlesBelow(long bytes) {
        Await.until(() -> used() <= bytes, () -> "at most " + bytes + " bytes of memory; there are " + used());
    }
}
