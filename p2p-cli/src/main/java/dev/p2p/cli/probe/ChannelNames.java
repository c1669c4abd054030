package dev.p2p.cli.probe;

import dev.p2p.api.ChannelId;
import java.util.Map;

/** What CometBFT's channels are for (section 5 of the wire document). */
final class ChannelNames {

    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(0x00, "pex"),
            Map.entry(0x20, "state"),
            Map.entry(0x21, "data"),
            Map.entry(0x22, "vote"),
            Map.entry(0x23, "vote-set-bits"),
            Map.entry(0x30, "mempool"),
            Map.entry(0x38, "evidence"),
            Map.entry(0x40, "blocksync"),
            Map.entry(0x60, "snapshot"),
            Map.entry(0x61, "chunk"),
            Map.entry(0x62, "light-block"),
            Map.entry(0x63, "params"));

    private ChannelNames() {}

    /** The channel's name, or its number in hex with a question mark if CometBFT has none such. */
    static String of(ChannelId channel) {
        return NAMES.getOrDefault(channel.value(), channel + "?");
    }
}
