package dev.p2p.cli.control;

import dev.p2p.api.PeerRef;
import dev.p2p.api.reactor.PeerView;
import dev.p2p.router.control.KnownPeer;
import dev.p2p.router.control.PeerControl;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How the scores of connected peers went in the last hour, a number a minute. Safe to use from every thread. */
final class Courses {

    private static final Duration EVERY = Duration.ofMinutes(1);
    private static final int KEPT = 60;

    private volatile Map<PeerRef, List<Double>> courses = Map.of();
    private Instant sampledAt = Instant.MIN;

    /** Looks, if it is time to, at the scores of all connected peers, and always at those of new ones. Used by one thread. */
    void sample(PeerControl control, List<PeerView> peers, Instant now) throws InterruptedException {
        boolean due = sampledAt.equals(Instant.MIN) || !now.isBefore(sampledAt.plus(EVERY));
        Map<PeerRef, List<Double>> next = new HashMap<>();
        for (PeerView view : peers) {
            List<Double> before = courses.getOrDefault(view.peer(), List.of());
            next.put(view.peer(), due || before.isEmpty() ? longer(control, view.peer(), before) : before);
        }
        courses = next;
        sampledAt = due ? now : sampledAt;
    }

    /** The course of a peer up to now; empty if it is not connected. */
    List<Double> of(KnownPeer peer) {
        Optional<PeerRef> connection = peer.connection().map(KnownPeer.Live::peer);
        if (connection.isEmpty()) {
            return List.of();
        }
        List<Double> course = new ArrayList<>(courses.getOrDefault(connection.get(), List.of()));
        course.add(peer.score());
        return course;
    }

    private static List<Double> longer(PeerControl control, PeerRef peer, List<Double> before)
            throws InterruptedException {
        Optional<KnownPeer> known = control.peer(peer.id());
        if (known.isEmpty()) {
            return before;
        }
        List<Double> course = new ArrayList<>(before);
        course.add(known.get().score());
        return List.copyOf(course.size() > KEPT ? course.subList(course.size() - KEPT, course.size()) : course);
    }
}
