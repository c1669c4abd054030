package dev.p2p.router.internal.peers;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
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

    /** Whether nothing waits now. */
    boolean isEmpty() {
        lock.lock();
        try {
            return jobs.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** The next job; a wake if none comes in time. */
    Job take(long nanosToSleep) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = nanosToSleep;
            while (jobs.isEmpty()) {
                if (left <= 0) {
                    return new Work(new Input.Wake(), null);
                }
                left = arrived.awaitNanos(left);
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
        List<Job> unanswered;
        lock.lock();
        try {
            stopped = true;
            unanswered = List.copyOf(jobs);
            jobs.clear();
        } finally {
            lock.unlock();
        }
        for (Job job : unanswered) {
            CompletableFuture<?> answer = switch (job) {
                case Work work -> work.answer();
                case Question question -> question.answer();
            };
            if (answer != null) {
                answer.completeExceptionally(new IllegalStateException("the node is closed"));
            }
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
