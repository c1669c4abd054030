package dev.p2p.cli.peers;

import dev.p2p.api.IpBlock;
import dev.p2p.api.NodeId;
import dev.p2p.cli.output.ExitCode;
import dev.p2p.cli.output.Failure;
import dev.p2p.cli.peerdata.PeerName;
import dev.p2p.cli.peerdata.PeerSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Several peers on a command line, each once. */
final class Names {

    private Names() {}

    /** Those that are addresses or ranges of them. */
    static List<IpBlock> blocks(List<String> texts) {
        return texts.stream().filter(Names::isBlock).map(Names::block).toList();
    }

    static List<String> withoutBlocks(List<String> texts) {
        return texts.stream().filter(text -> !isBlock(text)).toList();
    }

    static List<NodeId> resolve(PeerSource source, List<String> texts) {
        Set<NodeId> ids = new LinkedHashSet<>();
        texts.forEach(text -> ids.add(PeerName.resolve(source, text)));
        return List.copyOf(ids);
    }

    /** An identity has neither a dot nor a colon nor a slash. */
    private static boolean isBlock(String text) {
        return text.indexOf('.') >= 0 || text.indexOf(':') >= 0 || text.indexOf('/') >= 0;
    }

    private static IpBlock block(String text) {
        try {
            return IpBlock.parse(text.strip());
        } catch (IllegalArgumentException e) {
            throw Failure.of(
                            "P2P-ADDRESS-INVALID",
                            ExitCode.USAGE,
                            "cannot use the address " + text,
                            String.valueOf(e.getMessage()))
                    .tryThis("write an IP address, or a range such as 192.0.2.0/24")
                    .causedBy(e);
        }
    }
}
