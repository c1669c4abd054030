package dev.p2p.cli.crawl;

import dev.p2p.cli.crawl.result.CrawlResult;

/** Counters for the screen, since the crawl began. One thread uses it. */
final class CrawlTally {

    private int visited;
    private int reached;
    private int known;
    private int running;
    private int resting;
    private long fresh;

    /** Goes on from what earlier runs have found. */
    static CrawlTally after(CrawlResult before) {
        CrawlTally tally = new CrawlTally();
        tally.visited = before.nodes().size();
        tally.reached = Math.toIntExact(before.reached());
        return tally;
    }

    void visited(Outcome outcome, int newAddresses) {
        visited++;
        reached += outcome.reached() ? 1 : 0;
        fresh += newAddresses;
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
}
