package dev.p2p.cli.crawl;

import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.cli.crawl.result.NodeRow;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What one node has told in all of its answers. A large node tells a random part of what it knows each time, so it pays to ask it
 * again until an answer names nobody new. One thread uses it.
 *
 * <p>Of each neighbour eight bytes are kept, mixed from its identity, which is a hash: that two of a node's neighbours agree in
 * them does not happen by chance, and a node that invents such a pair hides one of its own inventions.
 */
final class Told {

    private static final long MIX = 0x9e3779b97f4a7c15L;

    private static final long[] NONE = {};

    private long[] neighbours = NONE;
    private int size;
    private boolean sorted = true;
    private int answers;
    private int addresses;
    private int malformed;
    private int latestNew;

    /** A node that has told nothing yet. */
    Told() {}

    /**
     * A node that was asked in an earlier run. Unless that run wrote neighbours, which are then {@link #remember remembered}, all that
     * it tells next is new.
     *
     * @param latestNew how many neighbours were new in its last answer
     */
    Told(int answers, int addresses, int malformed, int latestNew) {
        this.answers = answers;
        this.addresses = addresses;
        this.malformed = malformed;
        this.latestNew = latestNew;
    }

    /** A neighbour that it told of in an earlier run. */
    void remember(NodeId neighbour) {
        if (size == neighbours.length) {
            neighbours = Arrays.copyOf(neighbours, Math.max(16, 2 * size));
        }
        neighbours[size++] = mark(neighbour);
        sorted = false;
    }

    /**
     * Takes an answer.
     *
     * @param admitted the addresses in it that are worth a visit
     * @return the neighbours that it had not told of before
     */
    Set<NodeId> answered(Outcome outcome, List<NodeAddress> admitted) {
        if (!sorted) {
            Arrays.sort(neighbours, 0, size);
            sorted = true;
        }
        Set<NodeId> fresh = new LinkedHashSet<>();
        for (NodeAddress address : admitted) {
            if (Arrays.binarySearch(neighbours, 0, size, mark(address.id())) < 0) {
                fresh.add(address.id());
            }
        }
        boolean forgotten = answers > 0 && size == 0;
        addresses = answers == 0
                ? outcome.told().size()
                : forgotten ? Math.max(addresses, fresh.size()) : addresses + fresh.size();
        malformed += outcome.malformed();
        latestNew = fresh.size();
        answers++;
        fresh.forEach(this::remember);
        return fresh;
    }

    /** Whether another answer may name somebody new. */
    boolean mayKnowMore() {
        return NodeRow.mayKnowMore(answers, addresses + malformed, latestNew);
    }

    /** How often it has answered. */
    int answers() {
        return answers;
    }

    /** How many addresses it told at first, and how many neighbours more since. */
    int addresses() {
        return addresses;
    }

    /** How many entries were no addresses. */
    int malformed() {
        return malformed;
    }

    /** How many neighbours were new in its last answer. */
    int latestNew() {
        return latestNew;
    }

    /** How many neighbours are kept. */
    int size() {
        return size;
    }

    private static long mark(NodeId id) {
        return (id.high() * MIX + id.middle()) * MIX + id.low();
    }
}
