package dev.p2p.cli.crawl;

/**
 * How far a crawl goes and how politely.
 *
 * @param maxPeers the most nodes that it takes note of, and so the most that it dials; at least 1
 * @param depth the most steps from a start; 0 visits the starts alone
 * @param workers visits at a time, at least 1
 * @param dialsPerSecond over all, more than zero
 */
record CrawlLimits(int maxPeers, int depth, int workers, double dialsPerSecond) {

    /** More than one at a time into one small network looks like an attack to its owner. */
    static final int AT_ONCE_PER_GROUP = 2;

    /** A liar can send the crawl to a small network that it does not like, but no more often than this. */
    static final int DIALS_PER_GROUP = 128;

    /** So many nodes may well share one address behind a translation; more are invented. */
    static final int DIALS_PER_IP = 16;

    /** Nodes answer with 250 addresses at most (section 6.2 of the wire document). */
    static final int ADDRESSES_PER_SOURCE = 250;

    CrawlLimits {
        if (maxPeers < 1 || depth < 0 || workers < 1 || !(dialsPerSecond > 0)) {
            throw new IllegalArgumentException("a crawl's limits are positive");
        }
    }

    /** A node whose addresses all lead nowhere keeps no more of the workers than this. */
    int atOncePerSource() {
        return Math.max(4, workers / 4);
    }
}
