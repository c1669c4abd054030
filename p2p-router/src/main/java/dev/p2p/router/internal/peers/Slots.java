package dev.p2p.router.internal.peers;

import dev.p2p.router.control.NodeStatus.SlotUse;
import dev.p2p.router.control.SlotClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The one ledger of slots: what is taken by live connections and by attempts, and what may still be taken. A connection that is
 * being evicted keeps counting until it is gone, but as part of the upgrade, not of the cap.
 */
final class Slots {

    private static final int CLASSES = SlotClass.values().length;

    private Caps caps;
    private final int[] pending = new int[CLASSES];
    private final int[] live = new int[CLASSES];
    private final int[] evicted = new int[CLASSES];
    private int upgrades;

    Slots(Caps caps) {
        this.caps = caps;
    }

    Caps caps() {
        return caps;
    }

    void caps(Caps value) {
        caps = value;
    }

    /** @param upgrading whether it will take somebody's place: then it needs none of its own */
    void began(SlotClass slot, boolean upgrading) {
        pending[slot.ordinal()]++;
        upgrades += upgrading ? 1 : 0;
    }

    void ended(SlotClass slot, boolean upgrading) {
        pending[slot.ordinal()]--;
        upgrades -= upgrading ? 1 : 0;
    }

    void opened(Live connection) {
        live[connection.slot.ordinal()]++;
    }

    void closed(Live connection) {
        live[connection.slot.ordinal()]--;
        evicted[connection.slot.ordinal()] -= connection.evicted ? 1 : 0;
    }

    void evicted(Live connection) {
        connection.evicted = true;
        evicted[connection.slot.ordinal()]++;
    }

    void moved(Live connection, SlotClass to) {
        live[connection.slot.ordinal()]--;
        connection.slot = to;
        live[to.ordinal()]++;
    }

    /** Connections and attempts of a class, without those that are being evicted and those that will replace somebody. */
    int used(SlotClass slot) {
        return all(slot) - evicted[slot.ordinal()] - (slot == SlotClass.OUTBOUND ? upgrades : 0);
    }

    /** Connections of a class that stay. */
    int staying(SlotClass slot) {
        return live[slot.ordinal()] - evicted[slot.ordinal()];
    }

    /** Connections of a class, those that are being evicted included. */
    int live(SlotClass slot) {
        return live[slot.ordinal()];
    }

    int pending(SlotClass slot) {
        return pending[slot.ordinal()];
    }

    boolean outboundFree() {
        return used(SlotClass.OUTBOUND) < caps.outbound() && totalFree() && upgradeFree();
    }

    /** Whether a dial may begin that will replace somebody. */
    boolean upgradeFree() {
        return caps.outbound() > 0 && all(SlotClass.OUTBOUND) < caps.outbound() + caps.upgrades() && withinUpgrades();
    }

    boolean feelerFree() {
        return all(SlotClass.FEELER) < caps.feelers();
    }

    /**
     * Whether somebody may knock, whoever it turns out to be. Those who have proven nothing are not counted, or they could keep
     * others out; they have a budget of their own at the door.
     */
    boolean inboundOpen() {
        int totalLive = live[SlotClass.OUTBOUND.ordinal()] + inboundLive();
        return inboundLive() < caps.inbound() && totalLive < caps.total() + caps.upgrades();
    }

    /** Whether one more inbound connection may stay. */
    boolean regularInboundFree() {
        return staying(SlotClass.INBOUND) < caps.regularInbound() && inboundOpen() && totalFree();
    }

    List<SlotUse> uses() {
        List<SlotUse> uses = new ArrayList<>();
        for (SlotClass slot : SlotClass.values()) {
            Optional<Integer> cap = switch (slot) {
                case RESERVED -> Optional.empty();
                case OUTBOUND -> Optional.of(caps.outbound());
                case INBOUND -> Optional.of(caps.regularInbound());
                case NEWCOMER -> Optional.of(caps.newcomers());
                case FEELER -> Optional.of(caps.feelers());
            };
            uses.add(new SlotUse(slot, live[slot.ordinal()], pending[slot.ordinal()], cap));
        }
        return uses;
    }

    private int all(SlotClass slot) {
        return live[slot.ordinal()] + pending[slot.ordinal()];
    }

    private boolean totalFree() {
        return used(SlotClass.OUTBOUND) + staying(SlotClass.INBOUND) < caps.total();
    }

    private boolean withinUpgrades() {
        return all(SlotClass.OUTBOUND) + inboundLive() < caps.total() + caps.upgrades();
    }

    private int inboundLive() {
        return live[SlotClass.INBOUND.ordinal()] + live[SlotClass.NEWCOMER.ordinal()];
    }
}
