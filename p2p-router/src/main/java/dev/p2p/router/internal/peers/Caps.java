package dev.p2p.router.internal.peers;

/**
 * How many connections there may be. Every number holds exactly; dials in progress count, those who knock count when they have
 * proven themselves.
 *
 * @param outbound peers that this node chose, at least 0
 * @param inbound peers that came by themselves, newcomers included, at least 0
 * @param newcomers the part of {@code inbound} that is kept for short service
 * @param feelers short dials that verify an address
 * @param upgrades how many more there may be while a better peer replaces a worse one
 * @param total outbound and inbound together, upgrades not included
 */
public record Caps(int outbound, int inbound, int newcomers, int feelers, int upgrades, int total) {

    /** No limit. */
    static final int UNLIMITED = 1 << 30;

    /** What a node on the public network uses when its two caps are these. */
    static Caps of(int inbound, int outbound) {
        return new Caps(outbound, inbound, Math.min(8, inbound / 8), outbound > 0 ? 1 : 0, 1, UNLIMITED);
    }

    public Caps {
        if (outbound < 0 || inbound < 0 || newcomers < 0 || newcomers > inbound || feelers < 0 || upgrades < 0) {
            throw new IllegalArgumentException("a cap is too small: " + outbound + " outbound, " + inbound
                    + " inbound with " + newcomers + " newcomers, " + feelers + " feelers, " + upgrades + " upgrades");
        }
    }

    /** Inbound connections that stay. */
    int regularInbound() {
        return inbound - newcomers;
    }
}
