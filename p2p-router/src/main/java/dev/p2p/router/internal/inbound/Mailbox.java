package dev.p2p.router.internal.inbound;

import com.google.protobuf.Message;
import dev.p2p.api.Reason;
import dev.p2p.api.reactor.ChannelDescriptor;
import dev.p2p.api.reactor.ReactorEvent;
import dev.p2p.api.reactor.ReactorEvent.PeerUp;
import dev.p2p.api.reactor.ReactorEvent.Received;
import dev.p2p.api.reactor.ReactorEvent.Tick;
import dev.p2p.router.control.ChannelTraffic.Queued;
import dev.p2p.router.internal.DeficitRing;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Everything that waits for one reactor: control events (peers that come and go, timers) and, for each connection and channel,
 * a bounded lane of messages. Readers of connections put, the reactor's thread alone takes.
 *
 * <p>Control events go first, but never more than {@value #CONTROL_IN_A_ROW} in a row while messages wait; lanes are served by
 * deficit round robin in bytes. Timers coalesce.
 */
public final class Mailbox {

    private static final int CONTROL_IN_A_ROW = 8;
    private static final int BATCH_EVENTS = 32;
    private static final int BATCH_BYTES = 64 * 1_024;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition notEmpty = lock.newCondition();
    private final ArrayDeque<Object> control = new ArrayDeque<>();
    private final DeficitRing<Lane> ring = new DeficitRing<>();
    private final Seats seats = new Seats(ring);
    private final Set<String> pendingTicks = new LinkedHashSet<>();
    private int controlInARow;
    private boolean takerWaits;
    private boolean closed;

    /** What became of a message that was put. */
    public enum Outcome {
        QUEUED,
        DROPPED_NEWEST,
        DROPPED_OLDEST,
        FULL,
        GONE
    }

    /** Marks in the control queue that a connection's next life event is due. */
    private record Due(Seat seat) {}

    /** Adds an event that concerns no single connection. */
    public void post(ReactorEvent event) {
        lock.lock();
        try {
            addControl(event);
        } finally {
            lock.unlock();
        }
    }

    /** Adds a timer's event unless one of this name waits already. */
    public void tick(String timer) {
        lock.lock();
        try {
            if (!closed && pendingTicks.add(timer)) {
                addControl(new Tick(timer));
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Gives a connection its place. Its up-event comes before any of its messages, and after the down-event of every earlier
     * connection of that peer that has left.
     */
    public Seat enter(PeerUp up) {
        Seat seat = new Seat(up);
        lock.lock();
        try {
            seats.add(seat);
            addControl(new Due(seat));
        } finally {
            lock.unlock();
        }
        return seat;
    }

    /**
     * Tells that a connection is gone. Its down-event comes after its last message.
     *
     * @param discard whether messages that still wait are thrown away, because this node does not want them any more
     */
    public void leave(Seat seat, Reason reason, boolean discard) {
        lock.lock();
        try {
            if (seat.down() != null) {
                return;
            }
            seat.leave(reason);
            for (Lane lane : seat.lanes()) {
                if (discard) {
                    seat.departed(lane.size());
                    lane.clear();
                    ring.remove(lane);
                }
                lane.room().signalAll();
            }
            if (seat.drained()) {
                addControl(new Due(seat));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Makes the lane for a channel of a connection. */
    Lane lane(Seat seat, ChannelDescriptor<?> descriptor) {
        lock.lock();
        try {
            Lane lane = new Lane(seat, descriptor, lock.newCondition());
            seat.lanes().add(lane);
            return lane;
        } finally {
            lock.unlock();
        }
    }

    /** What waits in a lane now. */
    Queued waiting(Lane lane) {
        lock.lock();
        try {
            return lane.queued();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Adds a message. If its lane is full, the channel's rule decides; only {@code PAUSE_PEER} blocks.
     *
     * @param bytes the message's encoded length
     */
    Outcome put(Lane lane, Received<Message> event, int bytes) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            Outcome outcome = Outcome.QUEUED;
            while (!lane.hasRoomFor(bytes) && lane.seat().down() == null && !closed) {
                switch (lane.descriptor().whenInboundFull()) {
                    case PAUSE_PEER -> lane.room().await();
                    case DROP_NEWEST -> {
                        return Outcome.DROPPED_NEWEST;
                    }
                    case DROP_OLDEST -> {
                        lane.poll();
                        lane.seat().departed(1);
                        outcome = Outcome.DROPPED_OLDEST;
                    }
                    case DISCONNECT -> {
                        return Outcome.FULL;
                    }
                }
            }
            if (lane.seat().down() != null || closed) {
                return Outcome.GONE;
            }
            lane.add(event, bytes);
            lane.seat().arrived();
            ring.add(lane);
            signalTaker();
            return outcome;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes what is next, waiting for it.
     *
     * @param into receives the events in order; emptied first
     * @return false when the mailbox is closed and empty of control events
     */
    boolean take(List<ReactorEvent> into) throws InterruptedException {
        into.clear();
        lock.lockInterruptibly();
        try {
            while (control.isEmpty() && ring.current() == null) {
                if (closed) {
                    return false;
                }
                takerWaits = true;
                notEmpty.await();
                takerWaits = false;
            }
            fill(into);
            return true;
        } finally {
            takerWaits = false;
            lock.unlock();
        }
    }

    /**
     * Takes no more; the reactor's thread ends after the control events that wait and this one, which nothing follows. Messages
     * that wait are thrown away.
     */
    public void close(ReactorEvent last) {
        lock.lock();
        try {
            addControl(last);
            closed = true;
            for (Lane lane : seats.lanes()) {
                lane.clear();
                lane.room().signalAll();
            }
            ring.clear();
            notEmpty.signal();
        } finally {
            lock.unlock();
        }
    }

    private void fill(List<ReactorEvent> into) {
        int bytes = 0;
        while (into.size() < BATCH_EVENTS && bytes < BATCH_BYTES) {
            Lane lane = ring.current();
            if (!control.isEmpty() && (lane == null || controlInARow < CONTROL_IN_A_ROW)) {
                controlInARow++;
                takeControl(into);
            } else if (lane != null) {
                controlInARow = 0;
                bytes += takeMessage(lane, into);
            } else {
                return;
            }
        }
    }

    private void takeControl(List<ReactorEvent> into) {
        switch (control.removeFirst()) {
            case Due(Seat seat) -> seats.lifeEvent(seat, into);
            case Tick tick -> {
                pendingTicks.remove(tick.timer());
                into.add(tick);
            }
            case ReactorEvent event -> into.add(event);
            default -> throw new IllegalStateException("the control queue holds events only");
        }
    }

    private int takeMessage(Lane lane, List<ReactorEvent> into) {
        Seat seat = lane.seat();
        seats.announce(seat, into);
        int bytes = lane.headBytes();
        Received<Message> event = lane.poll();
        if (event != null) {
            into.add(event);
            seat.departed(1);
        }
        ring.served(lane, bytes);
        lane.room().signal();
        if (seat.down() != null && seat.drained()) {
            control.addLast(new Due(seat));
        }
        return bytes;
    }

    private void addControl(Object event) {
        if (!closed) {
            control.addLast(event);
            signalTaker();
        }
    }

    private void signalTaker() {
        if (takerWaits) {
            notEmpty.signal();
        }
    }
}
