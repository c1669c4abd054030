package dev.p2p.cli.crawl;

import java.time.Duration;

/**
 * How far a crawl goes and how politely.
 *
 * @param maxPeers the most nodes that it takes note of, and so the most that it dials; at least 1
 * @param depth the most steps from a start; 0 visits the starts alone
 * @param workers visits at a time, at least 1
 * @param dialsPerSecond over all, more than zero
 * @param rounds how often each node is asked at most, at least once
 * @param betweenQuestions from one answer of a node to the next question to it
 * @param leastPort the lowest port of a told address that is dialed, at least 1
 */
record CrawlLimits(
        int maxPeers,
        int depth,
        int workers,
        double dialsPerSecond,
        int rounds,
        Duration betweenQuestions,
        int leastPort) {

    /** Below are the ports of mail, web and name servers: whoever tells of such an address may want it to be dialed by many. */
    static final int ORDINARY_PORTS = 1_024;

    /** CometBFT bans whoever asks within 10 s on one connection; a guest keeps far from that (section 6.2 of the wire document). */
    static final Duration BETWEEN_QUESTIONS = Duration.ofSeconds(30);

    /** So many neighbours of nodes that are asked again are kept, eight bytes each; whoever comes after that is asked once. */
    static final long MOST_REMEMBERED = 8_000_000;

    /** More than one at a time into one small network looks like an attack to its owner. */
    static final int AT_ONCE_PER_GROUP = 2;

    /** A liar can send the crawl to a small network that it does not like, but no more often than this. */
    static final int DIALS_PER_GROUP = 128;

    /** So many nodes may well share one address behind a translation; more are invented. */
    static final int DIALS_PER_IP = 16;

    /** One answer counts for no more: nodes answer with 250 addresses at most (section 6.2 of the wire document). */
    static final int ADDRESSES_PER_SOURCE = 250;

    CrawlLimits {
        if (maxPeers < 1 || depth < 0 || workers < 1 || !(dialsPerSecond > 0) || rounds < 1 || leastPort < 1) {
            throw new IllegalArgumentException("a crawl's limits are positive");
        }
    }

    /** Each node is asked once. */
    static CrawlLimits once(int maxPeers, int depth, int workers, double dialsPerSecond) {
        return new CrawlLimits(maxPeers, depth, workers, dialsPerSecond, 1, BETWEEN_QUESTIONS, ORDINARY_PORTS);
    }

    /** A node whose addresses all lead nowhere keeps no more of the workers than this. */
    int atOncePerSource() {
        return Math.max(4, workers / 4);
    }
}
