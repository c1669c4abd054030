package dev.p2p.cli.crawl;

import dev.p2p.api.NodeId;
import dev.p2p.cli.dial.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A node that is to be visited: the places where it is said to be, who said so first, and what it has told so far. One thread uses
 * it.
 */
final class Candidate {

    /** More places than this for one node are not worth a dial. */
    private static final int MOST_PLACES = 3;

    private final @Nullable NodeId id;
    private final @Nullable NodeId source;
    private final int depth;
    private final List<Target> places = new ArrayList<>(1);
    private @Nullable Told told;
    private int tried;

    /**
     * @param id whom to expect; null for a start that names only a place
     * @param source who told of it; null for a start
     * @param depth steps from a start, along the way on which it was found
     */
    Candidate(@Nullable NodeId id, Target place, @Nullable NodeId source, int depth) {
        this.id = id;
        this.source = source;
        this.depth = depth;
        places.add(place);
    }

    /** A node that has answered, and is to be asked again where it did. */
    static Candidate again(NodeId id, Target place, @Nullable NodeId source, int depth, Told told) {
        Candidate again = new Candidate(id, place.expecting(Optional.of(id)), source, depth);
        again.told = told;
        return again;
    }

    /** The same node, to be asked again where it has answered. */
    Candidate again(NodeId met) {
        return again(met, place(), source, depth, told());
    }

    /** What it has told so far. */
    Told told() {
        Told known = told;
        if (known == null) {
            known = new Told();
            told = known;
        }
        return known;
    }

    /** Whether it has answered before, so that it is there, and is asked only for what it has not told yet. */
    boolean isAskedAgain() {
        return told != null && told.answers() > 0;
    }

    Optional<NodeId> id() {
        return Optional.ofNullable(id);
    }

    Optional<NodeId> source() {
        return Optional.ofNullable(source);
    }

    int depth() {
        return depth;
    }

    /** Where it is to be tried now. */
    Target place() {
        return places.get(Math.min(tried, places.size() - 1));
    }

    /** Another place where it is said to be. */
    void addPlace(Target place) {
        boolean isNew = places.stream().noneMatch(known -> known.place().equals(place.place()));
        if (isNew && places.size() < MOST_PLACES) {
            places.add(place);
        }
    }

    /** Gives the place up; returns whether there is another one. */
    boolean tryNextPlace() {
        tried++;
        return tried < places.size();
    }
}
