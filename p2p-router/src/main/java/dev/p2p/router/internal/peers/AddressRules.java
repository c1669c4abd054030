package dev.p2p.router.internal.peers;

import dev.p2p.api.AddressScope;
import dev.p2p.api.NodeAddress;
import java.util.List;
import java.util.function.Consumer;

/**
 * Which addresses are learned and told.
 *
 * @param maxPeers the most peers kept in memory; peers that are connected or configured are kept beyond it
 * @param maxVerified of these, the most with a verified address
 * @param addressesPerPeer the most addresses of one peer that others told of
 * @param sourceQuota the most unverified peers that one source may have told of
 * @param groupQuota the most unverified peers of one network group
 * @param outboundPerGroup the most outbound connections into one network group
 * @param narrowestScope addresses of a narrower scope are not learned
 * @param lowestPort lower ports that peers tell of are not learned: other services live there, whose owners did not ask to be dialed
 * @param tellUnverified whether other peers are told of addresses at which this node never was
 * @param configuredOwn where this node can be reached, according to its configuration
 * @param interfaces where it can be reached, according to its network interfaces
 * @param votesNeeded how many peers of different network groups have to say where this node is before it believes them
 * @param life how long an address is kept without a sign that it is good
 */
public record AddressRules(
        int maxPeers,
        int maxVerified,
        int addressesPerPeer,
        int sourceQuota,
        int groupQuota,
        int outboundPerGroup,
        AddressScope narrowestScope,
        int lowestPort,
        boolean tellUnverified,
        List<NodeAddress> configuredOwn,
        List<NodeAddress> interfaces,
        int votesNeeded,
        AddressLife life) {

    private static final int ADDRESSES_PER_PEER = 8;
    private static final int SMALLEST_QUOTA = 64;
    private static final int OUTBOUND_PER_GROUP = 2;
    private static final int VOTES_NEEDED = 3;

    /** Ports below are the system's (RFC 6335, section 6). */
    private static final int FIRST_USER_PORT = 1_024;

    public AddressRules {
        configuredOwn = List.copyOf(configuredOwn);
        interfaces = List.copyOf(interfaces);
        if (maxPeers < 1 || maxVerified < 1 || addressesPerPeer < 1 || sourceQuota < 1 || groupQuota < 1) {
            throw new IllegalArgumentException("a table needs room: " + maxPeers + " peers, " + maxVerified
                    + " verified, " + addressesPerPeer + " addresses, quotas " + sourceQuota + " and " + groupQuota);
        }
    }

    static AddressRules standard(int maxPeers) {
        return new AddressRules(
                maxPeers,
                Math.max(1, maxPeers / 4 * 3),
                ADDRESSES_PER_PEER,
                Math.max(SMALLEST_QUOTA, maxPeers / 8),
                Math.max(SMALLEST_QUOTA, maxPeers / 16),
                OUTBOUND_PER_GROUP,
                AddressScope.NAME,
                FIRST_USER_PORT,
                false,
                List.of(),
                List.of(),
                VOTES_NEEDED,
                AddressLife.STANDARD);
    }

    /** With quotas that suit the number. */
    AddressRules withMaxPeers(int value) {
        AddressRules sized = standard(value);
        return with(draft -> {
            draft.maxPeers = value;
            draft.maxVerified = sized.maxVerified;
            draft.sourceQuota = sized.sourceQuota;
            draft.groupQuota = sized.groupQuota;
        });
    }

    AddressRules withNarrowestScope(AddressScope value) {
        return with(draft -> draft.narrowestScope = value);
    }

    AddressRules withLowestPort(int value) {
        return with(draft -> draft.lowestPort = value);
    }

    /** With the places where this node can be reached. */
    public AddressRules withOwn(List<NodeAddress> configured, List<NodeAddress> ofInterfaces) {
        return with(draft -> {
            draft.configuredOwn = configured;
            draft.interfaces = ofInterfaces;
        });
    }

    AddressRules withLife(AddressLife value) {
        return with(draft -> draft.life = value);
    }

    private AddressRules with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.rules();
    }

    /** The same in a form that can be changed. */
    private static final class Draft {

        private int maxPeers;
        private int maxVerified;
        private final int addressesPerPeer;
        private int sourceQuota;
        private int groupQuota;
        private final int outboundPerGroup;
        private AddressScope narrowestScope;
        private int lowestPort;
        private boolean tellUnverified;
        private List<NodeAddress> configuredOwn;
        private List<NodeAddress> interfaces;
        private final int votesNeeded;
        private AddressLife life;

        Draft(AddressRules from) {
            maxPeers = from.maxPeers;
            maxVerified = from.maxVerified;
            addressesPerPeer = from.addressesPerPeer;
            sourceQuota = from.sourceQuota;
            groupQuota = from.groupQuota;
            outboundPerGroup = from.outboundPerGroup;
            narrowestScope = from.narrowestScope;
            lowestPort = from.lowestPort;
            tellUnverified = from.tellUnverified;
            configuredOwn = from.configuredOwn;
            interfaces = from.interfaces;
            votesNeeded = from.votesNeeded;
            life = from.life;
        }

        AddressRules rules() {
            return new AddressRules(
                    maxPeers,
                    maxVerified,
                    addressesPerPeer,
                    sourceQuota,
                    groupQuota,
                    outboundPerGroup,
                    narrowestScope,
                    lowestPort,
                    tellUnverified,
                    configuredOwn,
                    interfaces,
                    votesNeeded,
                    life);
        }
    }
}
