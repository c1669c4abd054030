package dev.p2p.router.internal.peers;

import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What waits for the peer manager's thread. Any thread adds without waiting; one thread takes. */
final class DriverQueue {

    /** Addresses that wait to be learned; more are dropped, since they come unasked. All other inputs are few and never dropped. */
    private static final int MAX_WAITING_LEARNS = 10_000;

    /** Something to do. */
    sealed interface Job {}

    /** An input, and who wants to know what became of it. */
    record Work(Input input, @Nullable CompletableFuture<WishTicket> answer) implements Job {}

    /** A look at the machine between two inputs. */
    record Question(Runnable question, CompletableFuture<?> answer) implements Job {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final ArrayDeque<Job> jobs = new ArrayDeque<>();
    private int waitingLearns;
    private boolean stopped;

    void add(Input input) {
        add(new Work(input, null));
    }

    void add(Input.Wish wish, CompletableFuture<WishTicket> answer) {
        if (!add(new Work(wish, answer))) {
            answer.completeExceptionally(new IllegalStateException("the node is not running"));
        }
    }

    void add(Runnable question, CompletableFuture<?> answer) {
        if (!add(new Question(question, answer))) {
            answer.completeExceptionally(new IllegalStateException("the node is not running"));
        }
    }

    /** The next job; a wake if none comes in time. */
    Job take(LongSupplier nanosToSleep) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (jobs.isEmpty()) {
                long nanos = nanosToSleep.getAsLong();
                if (nanos <= 0 || arrived.awaitNanos(nanos) <= 0) {
                    return new Work(new Input.Wake(), null);
                }
            }
            Job job = jobs.removeFirst();
            if (job instanceof Work work) {
                waitingLearns -= work.input() instanceof Input.Learn ? 1 : 0;
                stopped |= work.input() instanceof Input.Stop;
            }
            return job;
        } finally {
            lock.unlock();
        }
    }

    /** Takes nothing any more; whoever waits for an answer is told. */
    void close() {
        lock.lock();
        try {
            stopped = true;
            for (Job job : jobs) {
                CompletableFuture<?> answer = switch (job) {
                    case Work work -> work.answer();
                    case Question question -> question.answer();
                };
                if (answer != null) {
                    answer.completeExceptionally(new IllegalStateException("the node is closed"));
                }
            }
            jobs.clear();
        } finally {
            lock.unlock();
        }
    }

    private boolean add(Job job) {
        lock.lock();
        try {
            boolean learn = job instanceof Work work && work.input() instanceof Input.Learn;
            if (stopped || (learn && waitingLearns == MAX_WAITING_LEARNS)) {
                return false;
            }
            waitingLearns += learn ? 1 : 0;
            jobs.add(job);
            arrived.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }
}
