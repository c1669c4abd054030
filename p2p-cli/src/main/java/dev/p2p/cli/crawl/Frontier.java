package dev.p2p.cli.crawl;

import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.cli.dial.Target;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whom a crawl knows, whom it has visited, and whom it visits next. Pure and bounded: it never knows more than the limit's number
 * of nodes, gives out each of them once, and again only if it was put to rest; and it takes turns between those who told of them
 * and between the networks where they are, so that one liar with many addresses holds up nobody else's. One thread uses it.
 */
final class Frontier {

    /**
     * A node that is asked again later. No worker waits for it.
     *
     * @param due when, by the clock of {@link #next}
     */
    private record Resting(Candidate candidate, long due) {}

    /** Candidates of one network, heard from one source. */
    private record LaneKey(String group, Optional<NodeId> source) {}

    private final CrawlLimits limits;
    private final DialBudget budget;
    private final long mostRemembered;
    private final Map<NodeId, Candidate> waiting = new HashMap<>();
    private final Set<NodeId> known = new HashSet<>();
    private final Set<NodeId> met = new HashSet<>();
    private final Map<LaneKey, ArrayDeque<Candidate>> lanes = new HashMap<>();
    private final ArrayDeque<LaneKey> turns = new ArrayDeque<>();
    private final Map<NodeId, Integer> runningOfSource = new HashMap<>();
    private final ArrayDeque<Resting> resting = new ArrayDeque<>();
    private final Set<NodeId> askedAgain = new HashSet<>();
    private long remembered;
    private int anonymousStarts;
    private int queued;
    private int beyondLimit;
    private int usedUp;

    Frontier(CrawlLimits limits, DialBudget budget) {
        this(limits, budget, CrawlLimits.MOST_REMEMBERED);
    }

    /** @param mostRemembered so many neighbours of nodes that rest may be kept */
    Frontier(CrawlLimits limits, DialBudget budget, long mostRemembered) {
        this.mostRemembered = mostRemembered;
        this.limits = limits;
        this.budget = budget;
    }

    /** Begins here. Does nothing if the node is known already, or the crawl is full. */
    void start(Target place) {
        if (place.expected().map(known::contains).orElse(false) || isFull()) {
            return;
        }
        Candidate candidate = new Candidate(place.expected().orElse(null), place, null, 0);
        candidate.id().ifPresentOrElse(known::add, () -> anonymousStarts++);
        candidate.id().ifPresent(id -> waiting.put(id, candidate));
        queue(candidate);
    }

    /** This node was visited in an earlier run. It counts, also beyond the limit, but is not visited again. */
    void visited(NodeId id) {
        known.add(id);
    }

    /** The same, of a node that may have been a start at which nobody proved an identity. */
    void visited(Optional<NodeId> id) {
        id.ifPresentOrElse(this::visited, () -> anonymousStarts++);
    }

    /** A start that named only a place turned out to be this node. It needs no second visit if others tell of it. */
    void revealed(NodeId id) {
        anonymousStarts--;
        if (!known.add(id) && waiting.remove(id) != null) {
            met.add(id);
        }
    }

    /**
     * Takes what a node told.
     *
     * @param from who told
     * @param depth the teller's steps from a start
     * @param addresses what was told, already filtered
     * @return those that nobody had told of before, as far as the limits allow
     */
    List<NodeAddress> heard(NodeId from, int depth, List<NodeAddress> addresses) {
        List<NodeAddress> fresh = new ArrayList<>();
        for (NodeAddress address : addresses) {
            Candidate told = waiting.get(address.id());
            if (told != null) {
                told.addPlace(Target.of(address));
            } else if (!known.contains(address.id())
                    && depth < limits.depth()
                    && fresh.size() < CrawlLimits.ADDRESSES_PER_SOURCE) {
                if (isFull()) {
                    beyondLimit++;
                    continue;
                }
                add(address, from, depth + 1);
                fresh.add(address);
            }
        }
        return fresh;
    }

    /** Takes note of an address that an earlier run had heard and not visited. */
    void add(NodeAddress address, NodeId source, int depth) {
        if (!isFull() && known.add(address.id())) {
            Candidate candidate = new Candidate(address.id(), Target.of(address), source, depth);
            waiting.put(address.id(), candidate);
            queue(candidate);
        }
    }

    /**
     * This node has answered and is to be given out again. A node that rests already does not rest twice, and nobody rests once so
     * much is kept of what those who do have told as the limit allows.
     *
     * @param due when, by the clock of {@link #next}; never earlier than for whoever was put to rest before
     */
    void rest(Candidate candidate, long due) {
        NodeId id = candidate.id().orElseThrow();
        int size = candidate.told().size();
        if (remembered + size <= mostRemembered && askedAgain.add(id)) {
            remembered += size;
            resting.add(new Resting(candidate, due));
        }
    }

    /** Whom to visit now, if anybody. It counts as under way until {@link #done} or {@link #failed}. */
    Optional<Candidate> next(long now) {
        wake(now);
        if (budget.nanosUntilNext(now) > 0) {
            return Optional.empty();
        }
        for (int turn = turns.size(); turn > 0; turn--) {
            LaneKey key = turns.removeFirst();
            ArrayDeque<Candidate> lane = lanes.get(key);
            dropUseless(lane);
            if (lane == null || lane.isEmpty()) {
                lanes.remove(key);
                continue;
            }
            turns.addLast(key);
            Candidate first = lane.getFirst();
            if (budget.hasRoom(Neighbourhood.of(first.place())) && sourceHasRoom(first)) {
                lane.removeFirst();
                begin(first, now);
                return Optional.of(first);
            }
        }
        return Optional.empty();
    }

    /** A visit is over, well or badly. */
    void done(Candidate candidate) {
        budget.end(Neighbourhood.of(candidate.place()));
        candidate
                .source()
                .ifPresent(source ->
                        runningOfSource.computeIfPresent(source, (id, count) -> count > 1 ? count - 1 : null));
    }

    /**
     * A visit is over, and nobody was met.
     *
     * @return whether the node is to be tried at another place; if not, it is given up
     */
    boolean failed(Candidate candidate) {
        done(candidate);
        if (candidate.tryNextPlace()) {
            queue(candidate);
            return true;
        }
        return false;
    }

    /** How long until {@link #next} may answer again, given that nothing else happens; 0 for now. */
    long nanosUntilNext(long now) {
        long untilDial = budget.nanosUntilNext(now);
        boolean allRest = queued == 0 && !resting.isEmpty();
        return allRest ? Math.max(untilDial, resting.getFirst().due() - now) : untilDial;
    }

    /** Whether nobody waits for a visit, now or later. */
    boolean isEmpty() {
        return queued == 0 && resting.isEmpty();
    }

    /** How many nodes are to be asked again later. */
    int resting() {
        return resting.size();
    }

    /** How many nodes are known, visited or not. */
    int known() {
        return known.size() + anonymousStarts;
    }

    /** How many tellings were about nodes beyond the limit. */
    int beyondLimit() {
        return beyondLimit;
    }

    /** How many nodes were given up because their network had its share of dials. */
    int usedUp() {
        return usedUp;
    }

    private void wake(long now) {
        while (!resting.isEmpty() && resting.getFirst().due() - now <= 0) {
            queue(resting.removeFirst().candidate());
        }
    }

    private boolean isFull() {
        return known() >= limits.maxPeers();
    }

    private void queue(Candidate candidate) {
        LaneKey key = new LaneKey(Neighbourhood.of(candidate.place()).group(), candidate.source());
        lanes.computeIfAbsent(key, lane -> {
                    turns.addLast(key);
                    return new ArrayDeque<>();
                })
                .addLast(candidate);
        queued++;
    }

    private void begin(Candidate candidate, long now) {
        queued--;
        Neighbourhood place = Neighbourhood.of(candidate.place());
        if (candidate.isAskedAgain()) {
            askedAgain.remove(candidate.id().orElseThrow());
            remembered -= candidate.told().size();
            budget.beginAgain(place, now);
        } else {
            candidate.id().ifPresent(waiting::remove);
            budget.begin(place, now);
        }
        candidate.source().ifPresent(source -> runningOfSource.merge(source, 1, Integer::sum));
    }

    private boolean sourceHasRoom(Candidate candidate) {
        return candidate.source().isEmpty()
                || runningOfSource.getOrDefault(candidate.source().get(), 0) < limits.atOncePerSource();
    }

    private void dropUseless(@Nullable ArrayDeque<Candidate> lane) {
        while (lane != null && !lane.isEmpty()) {
            Candidate first = lane.getFirst();
            if (first.isAskedAgain()) {
                return;
            }
            boolean alreadyMet = first.id().filter(met::contains).isPresent();
            boolean noDialsLeft = budget.isUsedUp(Neighbourhood.of(first.place()));
            if (!alreadyMet && !noDialsLeft) {
                return;
            }
            lane.removeFirst();
            first.id().ifPresent(waiting::remove);
            queued--;
            usedUp += alreadyMet ? 0 : 1;
        }
    }
}
