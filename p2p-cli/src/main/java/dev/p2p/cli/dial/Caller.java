package dev.p2p.cli.dial;

import dev.p2p.api.ChannelId;
import dev.p2p.api.NodeInfo;
import dev.p2p.api.NodeKey;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Whom the visited nodes see. It listens nowhere, so nobody enters it into an address book.
 *
 * @param key of this run
 * @param name the moniker that operators find in their logs
 * @param version this program's
 * @param channels what it pretends to serve; a node refuses whoever has none of its own
 */
public record Caller(NodeKey key, String name, String version, List<ChannelId> channels) {

    /** The channels of a CometBFT full node, so that every node has one in common (v0.38 node information). */
    public static final List<ChannelId> ALL_CHANNELS =
            channels(0x40, 0x20, 0x21, 0x22, 0x23, 0x30, 0x38, 0x60, 0x61, 0x00);

    /** Peer exchange alone: whoever shows no more receives no more. */
    public static final List<ChannelId> PEX_ONLY = channels(0x00);

    /** An address that no node takes for one: unspecified, without a port. */
    private static final String NOWHERE = "0.0.0.0:0";

    /** What it tells of itself as a member of a network. */
    NodeInfo asMemberOf(String network) {
        return NodeInfo.of(key.id(), network, name, version, NOWHERE, channels);
    }

    private static List<ChannelId> channels(int... numbers) {
        return IntStream.of(numbers).mapToObj(ChannelId::new).toList();
    }
}
