package dev.p2p.transport.tcp.internal.wire;

import dev.p2p.api.transport.LinkCounters;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The signs of life of one connection (section 4.5). All times are {@link System#nanoTime()}. The reader tells when it waits and
 * reads, the writer asks what is due, the watchdog looks from the timer's thread.
 */
final class Liveness {

    private final KeepAlive keepAlive;
    private final AtomicBoolean pongDue = new AtomicBoolean();
    private final AtomicLong pingsSent = new AtomicLong();
    private final AtomicLong pongsReceived = new AtomicLong();
    private final AtomicLong pingsReceived = new AtomicLong();
    private final RoundTrips roundTrips = new RoundTrips();
    private volatile boolean waiting = true;
    private volatile long lastRead;
    private long nextPing;
    private long lastSign;

    Liveness(KeepAlive keepAlive, long now) {
        this.keepAlive = keepAlive;
        this.lastRead = now;
        this.lastSign = now;
        this.nextPing = now + keepAlive.pingEvery().toNanos();
    }

    Future<?> watch(ScheduledExecutorService timer, Runnable look) {
        long period = keepAlive.checkEvery().toNanos();
        return timer.scheduleWithFixedDelay(look, period, period, TimeUnit.NANOSECONDS);
    }

    /** The reader waits for the peer from now on: silence counts. */
    void waits(long now) {
        if (!waiting) {
            lastRead = now;
            waiting = true;
        }
    }

    /** Something was read; until the next wait this side is busy with it, and the peer's silence does not count. */
    void reads(long now) {
        waiting = false;
        lastRead = now;
    }

    void pingReceived() {
        pingsReceived.incrementAndGet();
        pongDue.set(true);
    }

    void pongReceived(long now) {
        pongsReceived.incrementAndGet();
        roundTrips.answered(now);
    }

    boolean isPongDue() {
        return pongDue.get();
    }

    boolean takePongDue() {
        return pongDue.get() && pongDue.getAndSet(false);
    }

    /** The round trips, for whoever wants one measured. */
    RoundTrips roundTrips() {
        return roundTrips;
    }

    boolean takePingDue(long now) {
        if (now - nextPing < 0 && !roundTrips.isAsked()) {
            return false;
        }
        nextPing = now + keepAlive.pingEvery().toNanos();
        roundTrips.sent(now);
        pingsSent.incrementAndGet();
        return true;
    }

    /** How long the writer may sleep. More than zero. */
    Duration untilPing(long now) {
        return Duration.ofNanos(Math.max(1, nextPing - now));
    }

    boolean silent(long now) {
        return waiting && now - lastRead > keepAlive.silentAfter().toNanos();
    }

    boolean stalled(long now, long writingSince) {
        return writingSince != 0
                && now - writingSince > keepAlive.stalledAfter().toNanos();
    }

    /** Whether the writer is to send an unasked pong, because this side has not read for a while. */
    boolean oweSignOfLife(long now) {
        long pause = keepAlive.pauseSign().toNanos();
        if (waiting || now - lastRead < pause || now - lastSign < pause) {
            return false;
        }
        lastSign = now;
        pongDue.set(true);
        return true;
    }

    LinkCounters counters(long bytesIn, long bytesOut) {
        return new LinkCounters(
                bytesIn, bytesOut, pingsSent.get(), pongsReceived.get(), pingsReceived.get(), roundTrips.lastNanos());
    }
}
