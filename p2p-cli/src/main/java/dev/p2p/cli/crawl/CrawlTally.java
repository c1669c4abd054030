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
    private long fresh;

    void visited(Outcome outcome, int newAddresses) {
        visited++;
        reached += outcome.reached() ? 1 : 0;
        fresh += newAddresses;
        outcomes.merge(outcome.word(), 1, Integer::sum);
    }

    void now(int knownNodes, int runningVisits) {
        known = knownNodes;
        running = runningVisits;
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

    /** How many addresses were new. */
    long fresh() {
        return fresh;
    }

    /** How many visits ended in each way. */
    Map<String, Integer> outcomes() {
        return outcomes;
    }
}
