package dev.p2p.router.internal.peers;

import dev.p2p.router.control.Decision;
import dev.p2p.router.control.PeerEvents;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Hands decisions to subscribers. Publishing never waits: whoever does not read loses the oldest. */
final class EventHub {

    private static final int MOST_WAITING = 100_000;

    private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();
    private final LongAdder missed = new LongAdder();
    private volatile boolean closed;

    PeerEvents subscribe(int capacity) {
        if (capacity < 1 || capacity > MOST_WAITING) {
            throw new IllegalArgumentException("1 to " + MOST_WAITING + " decisions may wait, not " + capacity);
        }
        Subscription subscription = new Subscription(capacity);
        subscriptions.add(subscription);
        if (closed) {
            subscription.close();
        }
        return subscription;
    }

    void publish(Decision decision) {
        for (Subscription subscription : subscriptions) {
            subscription.add(decision);
        }
    }

    /** How many decisions no subscriber took in time. */
    long missed() {
        return missed.sum();
    }

    void close() {
        closed = true;
        subscriptions.forEach(Subscription::close);
    }

    private final class Subscription implements PeerEvents {

        private final int capacity;
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition changed = lock.newCondition();
        private final ArrayDeque<Decision> waiting = new ArrayDeque<>();
        private long lost;
        private boolean ended;

        Subscription(int capacity) {
            this.capacity = capacity;
        }

        @Override
        public Optional<Decision> next(Duration patience) throws InterruptedException {
            long left = patience.toNanos();
            lock.lockInterruptibly();
            try {
                while (waiting.isEmpty() && !ended && left > 0) {
                    left = changed.awaitNanos(left);
                }
                return Optional.ofNullable(waiting.pollFirst());
            } finally {
                lock.unlock();
            }
        }

        @Override
        public long missed() {
            lock.lock();
            try {
                return lost;
            } finally {
                lock.unlock();
            }
        }

        @Override
        public boolean ended() {
            lock.lock();
            try {
                return ended && waiting.isEmpty();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() {
            subscriptions.remove(this);
            lock.lock();
            try {
                ended = true;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        private void add(Decision decision) {
            lock.lock();
            try {
                if (ended) {
                    return;
                }
                if (waiting.size() == capacity) {
                    waiting.removeFirst();
                    lost++;
                    missed.increment();
                }
                waiting.addLast(decision);
                changed.signal();
            } finally {
                lock.unlock();
            }
        }
    }
}
