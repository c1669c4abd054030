package dev.p2p.cli.crawl;

import dev.p2p.api.NodeId;
import dev.p2p.cli.dial.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A node that is to be visited: the places where it is said to be, and who said so first. One thread uses it. */
final class Candidate {

    /** More places than this for one node are not worth a dial. */
    private static final int MOST_PLACES = 3;

    private final @Nullable NodeId id;
    private final @Nullable NodeId source;
    private final int depth;
    private final List<Target> places = new ArrayList<>();
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
