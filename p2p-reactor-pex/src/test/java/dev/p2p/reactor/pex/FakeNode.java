package dev.p2p.reactor.pex;

import com.google.protobuf.Message;
import dev.p2p.api.ChannelId;
import dev.p2p.api.Direction;
import dev.p2p.api.NetEndpoint;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.api.NodeInfo;
import dev.p2p.api.PeerRef;
import dev.p2p.api.Reason;
import dev.p2p.api.reactor.BroadcastResult;
import dev.p2p.api.reactor.Channel;
import dev.p2p.api.reactor.ChannelDescriptor;
import dev.p2p.api.reactor.PeerDirectory;
import dev.p2p.api.reactor.PeerError;
import dev.p2p.api.reactor.PeerView;
import dev.p2p.api.reactor.Reactor;
import dev.p2p.api.reactor.ReactorEvent;
import dev.p2p.api.reactor.ReactorSetup;
import dev.p2p.api.reactor.SendResult;
import dev.p2p.reactor.pex.proto.PexAddrs;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Everything around the reactor, by hand: the test lets time pass and sets the system's clock, and what the reactor does is written
 * down.
 */
final class FakeNode implements ReactorSetup, PeerDirectory {

    /** Something that the reactor did with a peer. */
    record Did(PeerRef peer, Object what) {}

    static final NodeId SELF = id(999);

    final List<NodeAddress> tellable = new ArrayList<>();
    final Map<NodeAddress, PeerRef> learned = new LinkedHashMap<>();
    final List<PeerError> reports = new ArrayList<>();
    final List<Did> doings = new ArrayList<>();
    SendResult sendResult = SendResult.QUEUED;
    int known;
    Duration tickPeriod = Duration.ZERO;

    private final Map<String, String> settings;
    private final Reactor reactor;

    /** Begins just before the number wraps around: only differences of it mean anything. */
    private long nanos = Long.MAX_VALUE - 20_000_000_000L;

    private Instant wall = Instant.ofEpochSecond(1_700_000_000);
    private long connections;
    private ChannelDescriptor<Message> descriptor;

    FakeNode(Map<String, String> settings) {
        this.settings = settings;
        this.reactor = new PexReactorProvider(() -> nanos).create(this);
    }

    static NodeId id(int number) {
        return NodeId.parse("%040x".formatted(number));
    }

    static NodeAddress address(int number, String ip) {
        return NodeAddress.parse(id(number) + "@" + ip + ":26656");
    }

    /** A peer connects, from 127.0.0.1 unless said otherwise. */
    PeerRef up(int number, Direction direction) {
        return up(number, direction, "127.0.0.1", 0x00);
    }

    PeerRef up(int number, Direction direction, String ip, int... channels) {
        PeerRef peer = new PeerRef(id(number), ++connections);
        List<ChannelId> served = new ArrayList<>();
        for (int channel : channels) {
            served.add(new ChannelId(channel));
        }
        NodeInfo info = NodeInfo.of(id(number), "net", "m" + number, "1", ip + ":26656", served);
        happen(new ReactorEvent.PeerUp(
                peer, info, direction, new NetEndpoint("tcp", InetAddress.ofLiteral(ip), 40_000)));
        return peer;
    }

    void down(PeerRef peer) {
        happen(new ReactorEvent.PeerDown(peer, Reason.CLOSED_BY_PEER));
    }

    /** A message comes from a peer, through the channel's own codec. */
    void receive(PeerRef from, Message message) {
        try {
            Message decoded =
                    descriptor.codec().decode(ByteBuffer.wrap(descriptor.codec().encode(message)));
            happen(new ReactorEvent.Received<>(from, descriptor.id(), decoded));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Time passes, with a tick at every period. */
    void pass(Duration time) {
        long end = nanos + time.toNanos();
        while (end - nanos >= tickPeriod.toNanos()) {
            forward(tickPeriod.toNanos());
            happen(new ReactorEvent.Tick(PexReactor.TIMER));
        }
        forward(end - nanos);
    }

    /** Somebody sets the system's clock; no time passes. */
    void setWallClock(Duration by) {
        wall = wall.plus(by);
    }

    private void forward(long by) {
        nanos += by;
        wall = wall.plusNanos(by);
    }

    /** The messages to a peer, in order. */
    List<Message> sent(PeerRef to) {
        return doings.stream()
                .filter(did -> did.peer().equals(to) && did.what() instanceof Message)
                .map(did -> (Message) did.what())
                .toList();
    }

    /** How many answers a peer got. */
    long answers(PeerRef to) {
        return sent(to).stream().filter(PexAddrs.class::isInstance).count();
    }

    /** The reports on a peer, in order. */
    List<PeerError> reports(PeerRef on) {
        return doings.stream()
                .filter(did -> did.peer().equals(on) && did.what() instanceof PeerError)
                .map(did -> (PeerError) did.what())
                .toList();
    }

    private void happen(ReactorEvent event) {
        try {
            reactor.on(event);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Override
    @SuppressWarnings("unchecked") // peer exchange opens one channel, of plain messages
    public <M extends Message> Channel<M> open(ChannelDescriptor<M> opened) {
        descriptor = (ChannelDescriptor<Message>) opened;
        return new Channel<>() {
            @Override
            public ChannelDescriptor<M> descriptor() {
                return opened;
            }

            @Override
            public SendResult send(PeerRef to, M message) {
                if (sendResult == SendResult.QUEUED) {
                    doings.add(new Did(to, message));
                }
                return sendResult;
            }

            @Override
            public SendResult send(PeerRef to, M message, Duration patience) {
                return send(to, message);
            }

            @Override
            public SendResult send(NodeId to, M message) {
                throw new UnsupportedOperationException("peer exchange speaks on connections");
            }

            @Override
            public BroadcastResult broadcast(M message) {
                throw new UnsupportedOperationException("peer exchange does not broadcast");
            }

            @Override
            public void report(PeerRef peer, PeerError error) {
                doings.add(new Did(peer, error));
                reports.add(error);
            }
        };
    }

    @Override
    public void every(String timer, Duration period) {
        tickPeriod = period;
    }

    @Override
    public NodeId self() {
        return SELF;
    }

    @Override
    public PeerDirectory peers() {
        return this;
    }

    @Override
    public Map<String, String> settings() {
        return settings;
    }

    @Override
    public <S> Optional<S> service(Class<S> type) {
        return Optional.empty();
    }

    @Override
    public InstantSource clock() {
        return () -> wall;
    }

    @Override
    public RandomGenerator random() {
        return new SplittableRandom(7);
    }

    @Override
    public List<PeerView> connected() {
        return List.of();
    }

    @Override
    public Optional<PeerView> connected(NodeId id) {
        return Optional.empty();
    }

    @Override
    public int known() {
        return known;
    }

    @Override
    public void learn(NodeAddress address, PeerRef source) {
        learned.put(address, source);
    }

    /** Unlike the real directory it does not look at the audience, so that the reactor's own care shows. */
    @Override
    public List<NodeAddress> sample(PeerRef audience, int limit) {
        return tellable.subList(0, Math.min(limit, tellable.size()));
    }
}
