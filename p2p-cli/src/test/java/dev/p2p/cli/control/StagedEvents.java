package dev.p2p.cli.control;

import dev.p2p.router.control.Decision;
import dev.p2p.router.control.PeerEvents;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** A few decisions to be read, and that others were missed. */
final class StagedEvents implements PeerEvents {

    private final Deque<Decision> left;

    StagedEvents(List<Decision> decisions) {
        left = new ArrayDeque<>(decisions);
    }

    @Override
    public Optional<Decision> next(Duration patience) {
        return Optional.ofNullable(left.poll());
    }

    @Override
    public long missed() {
        return left.isEmpty() ? 4 : 0;
    }

    @Override
    public boolean ended() {
        return left.isEmpty();
    }

    @Override
    public void close() {}
}
