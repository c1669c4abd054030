package dev.p2p.router;

import com.google.protobuf.Message;
import dev.p2p.api.NodeId;
import dev.p2p.api.NodeInfo;
import dev.p2p.api.PeerRef;
import dev.p2p.api.reactor.Channel;
import dev.p2p.api.reactor.ChannelDescriptor;
import dev.p2p.api.reactor.PeerDirectory;
import dev.p2p.api.reactor.PeerError;
import dev.p2p.api.reactor.Reactor;
import dev.p2p.api.reactor.ReactorEvent.Started;
import dev.p2p.api.reactor.ReactorEvent.Stopping;
import dev.p2p.api.reactor.ReactorProvider;
import dev.p2p.api.reactor.ReactorSetup;
import dev.p2p.router.internal.inbound.Mailbox;
import dev.p2p.router.internal.inbound.ReactorRunner;
import dev.p2p.router.internal.link.LinkTable;
import dev.p2p.router.internal.link.OpenChannel;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;

/** One reactor of a node: its mailbox, its timers, and what it opened while the node was built. */
final class ReactorSlot implements ReactorSetup {

    private final ReactorProvider provider;
    private final Map<String, String> settings;
    private final Shared shared;
    private final Mailbox mailbox = new Mailbox();
    private final Map<Integer, Channel<?>> opened = new HashMap<>();
    private final Map<String, Duration> timers = new LinkedHashMap<>();
    private final Reactor first;
    private boolean sealed;

    /**
     * What the reactors of a node have in common.
     *
     * @param channels all channels in the order of opening; reactors add to it
     */
    record Shared(
            NodeId self,
            PeerDirectory peers,
            LinkTable links,
            List<OpenChannel<?>> channels,
            BiConsumer<PeerRef, PeerError> reports,
            Map<Class<?>, Object> services,
            InstantSource clock,
            RandomGenerator random) {}

    ReactorSlot(ReactorProvider provider, Map<String, String> settings, Shared shared) {
        this.provider = provider;
        this.settings = settings;
        this.shared = shared;
        this.first = provider.create(this);
        this.sealed = true;
    }

    String name() {
        return provider.name();
    }

    /** The loop for the reactor's thread. */
    ReactorRunner runner(NodeInfo self, Runnable onFailure) {
        return new ReactorRunner(
                provider.name(), mailbox, first, new Started(self), () -> provider.create(this), onFailure);
    }

    void startTimers(ScheduledExecutorService timer) {
        timers.forEach((name, period) -> timer.scheduleAtFixedRate(
                () -> mailbox.tick(name), period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS));
    }

    /** The reactor's thread ends after this event. */
    void stop() {
        mailbox.close(new Stopping());
    }

    /** A reactor that is created again after a failure finds its channels open. */
    @Override
    @SuppressWarnings("unchecked") // the same provider opens the same channel with the same type of message
    public <M extends Message> Channel<M> open(ChannelDescriptor<M> descriptor) {
        int number = descriptor.id().value();
        Channel<?> own = opened.get(number);
        if (sealed && own != null) {
            return (Channel<M>) own;
        }
        if (sealed) {
            throw new IllegalStateException("the channels of a node are sealed when it is built: " + descriptor.id());
        }
        if (shared.channels.stream()
                .anyMatch(channel -> channel.descriptor().id().value() == number)) {
            throw new IllegalStateException("channel " + descriptor.id() + " is open already; reactor " + name()
                    + " cannot open it as \"" + descriptor.name() + "\"");
        }
        OpenChannel<M> channel =
                new OpenChannel<>(shared.channels.size(), descriptor, mailbox, shared.links, shared.reports);
        shared.channels.add(channel);
        opened.put(number, channel);
        return channel;
    }

    @Override
    public void every(String timer, Duration period) {
        if (period.isNegative() || period.isZero()) {
            throw new IllegalArgumentException("timer " + timer + " needs a period of more than zero, not " + period);
        }
        if (!sealed && timers.putIfAbsent(timer, period) != null) {
            throw new IllegalArgumentException("reactor " + name() + " has two timers named " + timer);
        }
    }

    @Override
    public NodeId self() {
        return shared.self;
    }

    @Override
    public PeerDirectory peers() {
        return shared.peers;
    }

    @Override
    public Map<String, String> settings() {
        return settings;
    }

    @Override
    public <S> Optional<S> service(Class<S> type) {
        return Optional.ofNullable(type.cast(shared.services.get(type)));
    }

    @Override
    public InstantSource clock() {
        return shared.clock;
    }

    @Override
    public RandomGenerator random() {
        return shared.random;
    }
}
