package dev.p2p.cli.peers;

import dev.p2p.api.NodeId;
import dev.p2p.cli.peerdata.PeerName;
import dev.p2p.cli.peerdata.PeerSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Several peers on a command line, each once. */
final class Names {

    private Names() {}

    static List<NodeId> resolve(PeerSource source, List<String> texts) {
        Set<NodeId> ids = new LinkedHashSet<>();
        texts.forEach(text -> ids.add(PeerName.resolve(source, text)));
        return List.copyOf(ids);
    }
}
