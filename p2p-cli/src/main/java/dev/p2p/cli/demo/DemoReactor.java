package dev.p2p.cli.demo;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import dev.p2p.api.NodeId;
import dev.p2p.api.PeerRef;
import dev.p2p.api.reactor.Channel;
import dev.p2p.api.reactor.PeerError;
import dev.p2p.api.reactor.Reactor;
import dev.p2p.api.reactor.ReactorEvent;
import dev.p2p.api.reactor.ReactorEvent.PeerDown;
import dev.p2p.api.reactor.ReactorEvent.PeerUp;
import dev.p2p.api.reactor.ReactorEvent.Received;
import dev.p2p.api.reactor.ReactorEvent.Started;
import dev.p2p.api.reactor.ReactorEvent.Stopping;
import dev.p2p.api.reactor.ReactorEvent.Tick;
import dev.p2p.api.reactor.SendResult;
import dev.p2p.cli.demo.proto.DemoNews;
import dev.p2p.cli.demo.proto.DemoPing;
import dev.p2p.cli.demo.proto.DemoPong;
import java.util.LinkedHashSet;
import java.util.Set;

/** Pings every peer, answers pings, and tells everybody some news now and then; writes what it sees on the {@link DemoBoard}. */
final class DemoReactor implements Reactor {

    static final String PING_TIMER = "ping";
    static final String NEWS_TIMER = "news";

    private static final int NEWS_BYTES = 1_024;

    private final NodeId self;
    private final Channel<Message> channel;
    private final DemoBoard board;
    private final Set<PeerRef> peers = new LinkedHashSet<>();
    private final ByteString payload = ByteString.copyFrom(new byte[NEWS_BYTES]);
    private long newsNumber;

    DemoReactor(NodeId self, Channel<Message> channel, DemoBoard board) {
        this.self = self;
        this.channel = channel;
        this.board = board;
    }

    @Override
    public void on(ReactorEvent event) {
        switch (event) {
            case Received(var from, var _, DemoPing ping) -> send(from, pong(ping));
            case Received(var from, var _, DemoPong pong) ->
                board.roundTrip(self, from, System.nanoTime() - pong.getSentNanos());
            case Received(var _, var _, DemoNews _) -> board.news();
            case Received(var from, var _, var _) -> channel.report(from, PeerError.disconnect("unexpected-message"));
            case PeerUp up -> {
                peers.add(up.peer());
                send(up.peer(), ping());
            }
            case PeerDown down -> {
                peers.remove(down.peer());
                board.gone(self, down.peer());
            }
            case Tick(var timer) when timer.equals(PING_TIMER) -> peers.forEach(peer -> send(peer, ping()));
            case Tick _ -> tellNews();
            case Started _, Stopping _ -> {}
        }
    }

    private void tellNews() {
        DemoNews news = DemoNews.newBuilder()
                .setNumber(++newsNumber)
                .setPayload(payload)
                .build();
        board.notSent(channel.broadcast(news).refused().size());
        board.broadcast();
    }

    private void send(PeerRef to, Message message) {
        if (channel.send(to, message) != SendResult.QUEUED) {
            board.notSent(1);
        }
    }

    private static DemoPing ping() {
        return DemoPing.newBuilder().setSentNanos(System.nanoTime()).build();
    }

    private static DemoPong pong(DemoPing ping) {
        return DemoPong.newBuilder().setSentNanos(ping.getSentNanos()).build();
    }
}
