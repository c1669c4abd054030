package dev.p2p.router.internal.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import com.google.protobuf.StringValue;
import dev.p2p.api.ChannelId;
import dev.p2p.api.Direction;
import dev.p2p.api.LocalEndpoint;
import dev.p2p.api.NodeId;
import dev.p2p.api.NodeInfo;
import dev.p2p.api.PeerRef;
import dev.p2p.api.Reason;
import dev.p2p.api.reactor.ChannelDescriptor;
import dev.p2p.api.reactor.ReactorEvent;
import dev.p2p.api.reactor.ReactorEvent.PeerDown;
import dev.p2p.api.reactor.ReactorEvent.PeerUp;
import dev.p2p.api.reactor.ReactorEvent.Received;
import dev.p2p.api.reactor.WhenFull;
import java.util.List;
import java.util.SplittableRandom;

/** Peers whose connections come, talk and go at random, one connection of each at a time; and what a reactor has seen of them. */
final class Lives {

    private static final int PEERS = 3;

    private final Mailbox mailbox;
    private final SplittableRandom random;
    private final Peer[] peers = new Peer[PEERS];
    private long connections;

    private static final class Peer {
        private final NodeId id;
        private PeerRef current;
        private Seat seat;
        private Lane[] lanes;
        private int sent;

        /** The connection that is up in the reactor's eyes, and the number of its last message. */
        private PeerRef seen;

        private long seenUp;
        private final int[] heard = new int[2];

        Peer(NodeId id) {
            this.id = id;
        }
    }

    Lives(Mailbox mailbox, SplittableRandom random) {
        this.mailbox = mailbox;
        this.random = random;
        for (int i = 0; i < PEERS; i++) {
            peers[i] = new Peer(new NodeId(i, 2, 3));
        }
    }

    void step() throws InterruptedException {
        Peer peer = peers[random.nextInt(PEERS)];
        if (peer.seat == null) {
            come(peer);
        } else if (random.nextInt(4) == 0) {
            leave(peer);
        } else {
            int lane = random.nextInt(2);
            mailbox.put(peer.lanes[lane], message(peer, lane), 1 + random.nextInt(20));
        }
    }

    void leaveAll() {
        for (Peer peer : peers) {
            if (peer.seat != null) {
                leave(peer);
            }
        }
    }

    /** Up, then messages in their channel's order, then down, and only then the next up. */
    void check(List<ReactorEvent> events) {
        for (ReactorEvent event : events) {
            switch (event) {
                case PeerUp(var ref, var _, var _, var _) -> {
                    Peer peer = peer(ref);
                    assertThat(peer.seen).as("connected when %s comes up", ref).isNull();
                    assertThat(ref.connection()).isGreaterThan(peer.seenUp);
                    peer.seen = ref;
                    peer.seenUp = ref.connection();
                    peer.heard[0] = 0;
                    peer.heard[1] = 0;
                }
                case Received<?>(var ref, var channel, StringValue text) -> {
                    Peer peer = peer(ref);
                    assertThat(peer.seen).isEqualTo(ref);
                    int number = Integer.parseInt(text.getValue());
                    assertThat(number).isGreaterThan(peer.heard[channel.value()]);
                    peer.heard[channel.value()] = number;
                }
                case PeerDown(var ref, var _) -> {
                    Peer peer = peer(ref);
                    assertThat(peer.seen).isEqualTo(ref);
                    peer.seen = null;
                }
                default -> {}
            }
        }
    }

    private void come(Peer peer) {
        peer.current = new PeerRef(peer.id, ++connections);
        peer.sent = 0;
        NodeInfo info = NodeInfo.of(peer.id, "net", "peer", "", "127.0.0.1:1", List.of(new ChannelId(0)));
        peer.seat =
                mailbox.enter(new PeerUp(peer.current, info, Direction.INBOUND, new LocalEndpoint("memory", "peer")));
        peer.lanes = new Lane[] {lane(peer.seat, 0), lane(peer.seat, 1)};
    }

    private void leave(Peer peer) {
        mailbox.leave(peer.seat, Reason.CLOSED_BY_PEER, random.nextInt(3) == 0);
        peer.seat = null;
    }

    private Lane lane(Seat seat, int channel) {
        return mailbox.lane(
                seat,
                ChannelDescriptor.of(channel, "channel-" + channel, StringValue.parser())
                        .withInbound(5, 100, channel == 0 ? WhenFull.DROP_NEWEST : WhenFull.DROP_OLDEST));
    }

    private static Received<Message> message(Peer peer, int channel) {
        return new Received<>(peer.current, new ChannelId(channel), StringValue.of(Integer.toString(++peer.sent)));
    }

    private Peer peer(PeerRef ref) {
        for (Peer peer : peers) {
            if (peer.id.equals(ref.id())) {
                return peer;
            }
        }
        throw new AssertionError("nobody is " + ref);
    }
}
