package dev.p2p.router.internal.peers;

import dev.p2p.api.NodeId;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The peer manager as those see it who carry out its decisions. Both may be called from every thread, and do not block.
 *
 * @param inbox takes what happened
 * @param bans whether an identity is banned now, as far as the manager has decided
 */
public record PeerAuthority(Consumer<Input> inbox, Predicate<NodeId> bans) {

    public void accept(Input input) {
        inbox.accept(input);
    }
}
