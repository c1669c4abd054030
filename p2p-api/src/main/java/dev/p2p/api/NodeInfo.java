package dev.p2p.api;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a node tells of itself in the handshake. An instance is always valid: the constructor applies the checks that the
 * wire protocol demands of a received message, so the same rules hold for this node's own information.
 *
 * @param protocol versions
 * @param id the node's identity
 * @param listenAddress where it accepts connections: {@code [scheme://]host:port}; a host name is not looked up
 * @param network the chain or network it belongs to, compared exactly; at most 256 characters
 * @param version its software's version, free text; empty or printable ASCII with something visible in it
 * @param channels the channels it serves, at most 16, none twice
 * @param moniker its name for people; printable ASCII with something visible in it
 * @param txIndex empty, {@code on} or {@code off}
 * @param rpcAddress where its RPC listens; empty or printable ASCII with something visible in it
 */
public record NodeInfo(
        ProtocolVersion protocol,
        NodeId id,
        String listenAddress,
        String network,
        String version,
        List<ChannelId> channels,
        String moniker,
        String txIndex,
        String rpcAddress) {

    /** The most channels a node may announce. */
    public static final int MAX_CHANNELS = 16;

    /** The longest text in any field. The wire limits only the whole message, to 10 240 bytes. */
    public static final int MAX_TEXT_CHARACTERS = 256;

    private static final Set<String> TX_INDEX = Set.of("", "on", "off");

    /** @throws IllegalArgumentException if a field breaks its rule; the message names field and rule */
    public NodeInfo {
        channels = List.copyOf(channels);
        limit("listen address", listenAddress);
        limit("network", network);
        limit("version", version);
        limit("moniker", moniker);
        limit("RPC address", rpcAddress);
        requireListenAddress(id, listenAddress);
        require(version.isEmpty() || isVisible(version), "version is printable ASCII", version);
        require(channels.size() <= MAX_CHANNELS, "at most " + MAX_CHANNELS + " channels", channels);
        require(Set.copyOf(channels).size() == channels.size(), "no channel twice", channels);
        require(isVisible(moniker), "moniker is printable ASCII and not blank", moniker);
        require(TX_INDEX.contains(txIndex), "transaction index is empty, on or off", txIndex);
        require(rpcAddress.isEmpty() || isVisible(rpcAddress), "RPC address is printable ASCII", rpcAddress);
    }

    /**
     * A node's own information with the fields that most nodes leave at their defaults.
     *
     * @throws IllegalArgumentException as the constructor
     */
    public static NodeInfo of(
            NodeId id, String network, String moniker, String version, String listenAddress, List<ChannelId> channels) {
        return new NodeInfo(ProtocolVersion.CURRENT, id, listenAddress, network, version, channels, moniker, "off", "");
    }

    /** Whether the node announced the channel; sending on any other ends the connection. */
    public boolean serves(ChannelId channel) {
        return channels.contains(channel);
    }

    /** Where the node can be dialed according to itself; the host may be a name or an unspecified address. */
    public HostPort listenPlace() {
        return HostPort.parse(NodeAddress.withoutScheme(listenAddress));
    }

    /** The channels that both announced, in this node's order. */
    public Set<ChannelId> channelsInCommonWith(NodeInfo other) {
        Set<ChannelId> common = new LinkedHashSet<>(channels);
        common.retainAll(other.channels);
        return common;
    }

    /**
     * Whether this node can work with another. Block version and network must be equal, and a node that has channels
     * must have one in common with its peer. Nothing else is compared.
     *
     * @return why not, or empty if they fit
     */
    public Optional<Incompatibility> incompatibilityWith(NodeInfo peer) {
        if (protocol.block() != peer.protocol.block()) {
            return Incompatibility.of(
                    Reason.WRONG_BLOCK_VERSION,
                    "the peer has block version " + peer.protocol.block() + ", this node " + protocol.block());
        }
        if (!network.equals(peer.network)) {
            return Incompatibility.of(
                    Reason.WRONG_NETWORK,
                    "the peer is on network " + Text.quote(peer.network) + ", this node on " + Text.quote(network));
        }
        if (!channels.isEmpty() && channelsInCommonWith(peer).isEmpty()) {
            return Incompatibility.of(
                    Reason.NO_COMMON_CHANNEL, "the peer has channels " + peer.channels + ", this node " + channels);
        }
        return Optional.empty();
    }

    /**
     * Why two nodes cannot work together.
     *
     * @param reason the word for logs, metrics and history
     * @param detail both sides' values, for people
     */
    public record Incompatibility(Reason reason, String detail) {

        private static Optional<Incompatibility> of(Reason reason, String detail) {
            return Optional.of(new Incompatibility(reason, detail));
        }
    }

    private static void requireListenAddress(NodeId id, String listenAddress) {
        try {
            NodeAddress.parseIdAtHostPort(id + "@" + NodeAddress.withoutScheme(listenAddress));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("listen address is [scheme://]host:port: " + e.getMessage(), e);
        }
    }

    private static boolean isVisible(String text) {
        return Text.isPrintableAscii(text) && !text.isBlank();
    }

    private static void limit(String field, String value) {
        if (value.length() > MAX_TEXT_CHARACTERS) {
            require(false, field + " has at most " + MAX_TEXT_CHARACTERS + " characters", value);
        }
    }

    private static void require(boolean holds, String rule, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(rule + ", but it is " + Text.quote(value.toString()));
        }
    }
}
