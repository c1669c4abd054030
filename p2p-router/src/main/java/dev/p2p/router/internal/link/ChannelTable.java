package dev.p2p.router.internal.link;

import dev.p2p.api.ChannelId;
import dev.p2p.router.internal.inbound.Mailbox;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The node's channels, sealed: looked up by number for every packet that comes in. */
public final class ChannelTable {

    private final List<OpenChannel<?>> channels;
    private final @Nullable OpenChannel<?>[] byNumber = new OpenChannel<?>[ChannelId.COUNT];

    public ChannelTable(List<OpenChannel<?>> channels) {
        this.channels = List.copyOf(channels);
        for (OpenChannel<?> channel : channels) {
            byNumber[channel.descriptor().id().value()] = channel;
        }
    }

    /** The channel of a number, or null if this node does not serve it. */
    @Nullable
    OpenChannel<?> find(ChannelId id) {
        return byNumber[id.value()];
    }

    /** All of them, in the order in which they were opened. */
    List<OpenChannel<?>> all() {
        return channels;
    }

    /** How many channels there are. */
    public int size() {
        return channels.size();
    }

    /** Their numbers, in the order in which they were opened. */
    public List<ChannelId> ids() {
        return channels.stream().map(channel -> channel.descriptor().id()).toList();
    }

    /** The mailboxes of the reactors that serve one of a peer's channels. */
    Set<Mailbox> mailboxesFor(List<ChannelId> served) {
        return channels.stream()
                .filter(channel -> served.contains(channel.descriptor().id()))
                .map(OpenChannel::mailbox)
                .collect(Collectors.toUnmodifiableSet());
    }
}
