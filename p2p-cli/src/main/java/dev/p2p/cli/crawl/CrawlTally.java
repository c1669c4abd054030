package dev.p2p.cli.crawl;

import java.util.LinkedHashMap;
import java.util.Map;

/** Counters for the screen, since this run began. One thread uses it. */
final class CrawlTally {

    private final Map<String, Integer> outcomes = new LinkedHashMap<>();
    private int visited;
    private int reached;
    private int known;
    private int running;
    private int resting;
    private long fresh;

    void visited(Outcome outcome, int newAddresses) {
        visited++;
        reached += outcome.reached() ? 1 : 0;
        fresh += newAddresses;
        outcomes.merge(outcome.word(), 1, Integer::sum);
    }

    /** A node that was visited before has answered once more. */
    void answeredAgain(int newAddresses) {
        fresh += newAddresses;
    }

    void now(int knownNodes, int runningVisits, int restingNodes) {
        known = knownNodes;
        running = runningVisits;
        resting = restingNodes;
    }

    int visited() {
        return visited;
    }

    int reached() {
        return reached;
    }

    int known() {
        return known;
    }

    int running() {
        return running;
    }

    /** How many nodes are to be asked again later. */
    int resting() {
        return resting;
    }

    /** How many addresses were new. */
    long fresh() {
        return fresh;
    }

    /** How many visits ended in each way. */
    Map<String, Integer> outcomes() {
        return outcomes;
    }
}
