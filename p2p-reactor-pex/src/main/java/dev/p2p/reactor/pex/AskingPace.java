package dev.p2p.reactor.pex;

/**
 * How often somebody is asked, counted in ticks. Each request that brings nothing new doubles the gap; any news closes it. What
 * peers send unasked does not touch the timer, so nobody can keep this node from asking.
 */
final class AskingPace {

    private static final int LONGEST_GAP = 60;

    private int gap = 1;
    private int ticks;
    private int knownBefore;

    /** A tick has come. Whether it is time to ask. */
    boolean due(int known) {
        if (known > knownBefore) {
            gap = 1;
        }
        knownBefore = known;
        ticks++;
        return ticks >= gap;
    }

    void asked() {
        ticks = 0;
        gap = Math.min(gap * 2, LONGEST_GAP);
    }

    /** Somebody new is there to be asked. */
    void news() {
        gap = 1;
    }
}
