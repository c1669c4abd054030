package dev.p2p.router.internal;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The virtual threads of one node. The one place that starts them, so that the node can show at its end that none is left.
 * Safe to use from every thread.
 */
public final class Threads {

    private static final System.Logger LOG = System.getLogger(Threads.class.getName());

    private final Set<Thread> alive = ConcurrentHashMap.newKeySet();

    public Thread start(String name, Runnable task) {
        Thread thread = Thread.ofVirtual().name(name).unstarted(() -> {
            try {
                task.run();
            } finally {
                alive.remove(Thread.currentThread());
            }
        });
        alive.add(thread);
        thread.start();
        return thread;
    }

    /** Waits until all but the calling one have ended; interrupts those that have not within the limit, and waits once more. */
    public void end(Duration limit) throws InterruptedException {
        if (!join("", limit)) {
            LOG.log(Level.WARNING, "interrupting threads that do not end: " + names());
            alive.forEach(Thread::interrupt);
            join("", limit);
        }
    }

    /**
     * Waits until all whose name begins like this have ended, except for the calling one.
     *
     * @return whether they did within the limit
     */
    public boolean join(String prefix, Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        for (Thread thread : List.copyOf(alive)) {
            if (!thread.getName().startsWith(prefix)) {
                continue;
            }
            long left = deadline - System.nanoTime();
            boolean ended = thread == Thread.currentThread() || (left > 0 && thread.join(Duration.ofNanos(left)));
            if (!ended && thread.isAlive()) {
                return false;
            }
        }
        return true;
    }

    /** The names of those that live, for leak checks and for logs. */
    public List<String> names() {
        return alive.stream().map(Thread::getName).sorted().toList();
    }
}
