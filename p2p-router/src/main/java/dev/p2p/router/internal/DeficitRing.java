package dev.p2p.router.internal;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is among flows that have something to serve: deficit round robin, counted in bytes (Shreedhar and Varghese,
 * 1996). A flow may serve while its allowance is positive and then waits for its next turn, so every flow with work gets
 * one turn a round, whatever the others have queued, and its share is proportional to its priority.
 *
 * <p>Not safe for several threads: the owner's lock guards it.
 *
 * @param <F> the kind of flow
 */
public final class DeficitRing<F extends DeficitRing.Flow> {

    /** What a flow of priority 1 may serve in one turn: the data of one frame of the wire. */
    private static final int QUANTUM_BYTES = 1_024;

    private final ArrayDeque<F> ring = new ArrayDeque<>();

    /** Something with work to serve. Owned by one ring. */
    public abstract static class Flow {

        final long quantumBytes;
        long allowanceBytes;
        boolean inRing;

        /** @param priority the flow's share, at least 1 */
        protected Flow(int priority) {
            this.quantumBytes = (long) priority * QUANTUM_BYTES;
        }

        /** Whether anything is left to serve. */
        protected abstract boolean hasWork();
    }

    /** Tells that a flow has work now. Does nothing if that is known. */
    public void add(F flow) {
        if (!flow.inRing) {
            flow.inRing = true;
            flow.allowanceBytes = flow.quantumBytes;
            ring.addLast(flow);
        }
    }

    /** The flow whose turn it is, or null if none has work. A flow that overdrew its allowance waits until it is repaid. */
    public @Nullable F current() {
        F flow = ring.peekFirst();
        while (flow != null && flow.allowanceBytes <= 0) {
            flow.allowanceBytes += flow.quantumBytes;
            ring.addLast(ring.removeFirst());
            flow = ring.peekFirst();
        }
        return flow;
    }

    /** Books what the current flow has served. */
    public void served(F flow, long bytes) {
        flow.allowanceBytes -= Math.max(1, bytes);
        if (!flow.hasWork()) {
            remove(flow);
        }
    }

    /** Forgets a flow whose work was thrown away. */
    public void remove(F flow) {
        if (flow.inRing) {
            ring.remove(flow);
            flow.inRing = false;
        }
    }

    /** Forgets all flows. */
    public void clear() {
        ring.forEach(flow -> flow.inRing = false);
        ring.clear();
    }
}
