package dev.p2p.reactor.pex;

import com.google.protobuf.Message;
import dev.p2p.api.ChannelId;
import dev.p2p.api.Direction;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.PeerRef;
import dev.p2p.api.reactor.Channel;
import dev.p2p.api.reactor.PeerDirectory;
import dev.p2p.api.reactor.PeerError;
import dev.p2p.api.reactor.Reactor;
import dev.p2p.api.reactor.ReactorEvent;
import dev.p2p.api.reactor.ReactorEvent.PeerDown;
import dev.p2p.api.reactor.ReactorEvent.PeerUp;
import dev.p2p.api.reactor.ReactorEvent.Received;
import dev.p2p.api.reactor.ReactorEvent.Started;
import dev.p2p.api.reactor.ReactorEvent.Stopping;
import dev.p2p.api.reactor.ReactorEvent.Tick;
import dev.p2p.api.reactor.ReactorSetup;
import dev.p2p.api.reactor.SendResult;
import dev.p2p.reactor.pex.proto.PexAddrs;
import dev.p2p.reactor.pex.proto.PexAddrsV2;
import dev.p2p.reactor.pex.proto.PexRequest;
import dev.p2p.reactor.pex.proto.PexRequestV2;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Asks peers for addresses, answers theirs, and passes on what it hears. */
final class PexReactor implements Reactor {

    static final String ASK_TIMER = "ask";

    /** The most entries that every version accepts. */
    private static final int MAX_TOLD = 100;

    /** The most entries that each form may bring: today's nodes send up to 250. */
    private static final int MAX_HEARD = 250;

    private static final int MAX_HEARD_V2 = 100;
    private static final int MALFORMED_FORGIVEN = 5;
    private static final int MALFORMED_PENALTY = 10;

    private final ChannelId channelId;
    private final Channel<Message> channel;
    private final PeerDirectory directory;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final int enough;
    private final Map<PeerRef, PexPeer> peers = new LinkedHashMap<>();

    /** @param enough nobody is asked while so many peers are known */
    PexReactor(ReactorSetup setup, Channel<Message> channel, int enough) {
        this.channel = channel;
        this.channelId = channel.descriptor().id();
        this.directory = setup.peers();
        this.clock = setup.clock();
        this.random = setup.random();
        this.enough = enough;
    }

    @Override
    public void on(ReactorEvent event) {
        switch (event) {
            case PeerUp up -> up(up);
            case PeerDown down -> peers.remove(down.peer());
            case Received(var from, var _, PexRequest _) -> requested(from, false);
            case Received(var from, var _, PexRequestV2 _) -> requested(from, true);
            case Received(var from, var _, PexAddrs addrs) ->
                heard(
                        from,
                        addrs.getAddrsCount(),
                        MAX_HEARD,
                        addrs.getAddrsList().stream().map(PexAddresses::decode).toList());
            case Received(var from, var _, PexAddrsV2 addrs) ->
                heard(
                        from,
                        addrs.getAddressesCount(),
                        MAX_HEARD_V2,
                        addrs.getAddressesList().stream()
                                .map(PexAddresses::decode)
                                .toList());
            case Received(var from, var _, var _) -> channel.report(from, PeerError.disconnect("unexpected-message"));
            case Tick _ -> askSomebody();
            case Started _, Stopping _ -> {}
        }
    }

    /** Whoever this node dialed is asked at once, as CometBFT does; the others when the timer chooses them. */
    private void up(PeerUp up) {
        if (!up.info().serves(channelId)) {
            return;
        }
        peers.put(up.peer(), new PexPeer());
        if (up.direction() == Direction.OUTBOUND && directory.known() < enough) {
            ask(up.peer());
        }
    }

    private void askSomebody() {
        Instant now = clock.instant();
        List<PeerRef> willing = peers.entrySet().stream()
                .filter(entry -> entry.getValue().mayAsk(now))
                .map(Map.Entry::getKey)
                .toList();
        if (!willing.isEmpty() && directory.known() < enough) {
            ask(willing.get(random.nextInt(willing.size())));
        }
    }

    private void ask(PeerRef peer) {
        PexPeer state = peers.get(peer);
        Instant now = clock.instant();
        if (state != null
                && state.mayAsk(now)
                && channel.send(peer, PexRequest.getDefaultInstance()) == SendResult.QUEUED) {
            state.asked(now);
        }
    }

    /** Answers in the form in which the peer asked; on that peer nothing else is understood. */
    private void requested(PeerRef from, boolean v2) {
        PexPeer state = peers.computeIfAbsent(from, peer -> new PexPeer());
        switch (state.requested(clock.instant())) {
            case ANSWER -> {
                List<NodeAddress> told = directory.sample(from, MAX_TOLD);
                channel.send(from, v2 ? PexAddresses.encodeV2(told) : PexAddresses.encode(told));
            }
            case IGNORE -> channel.report(from, PeerError.note("pex-request-early"));
            case DISCONNECT -> channel.report(from, PeerError.disconnect("pex-flood"));
        }
    }

    private void heard(PeerRef from, int entries, int max, List<Optional<NodeAddress>> addresses) {
        PexPeer state = peers.get(from);
        if (state == null || !state.answered()) {
            channel.report(from, PeerError.disconnect("unsolicited-addresses"));
            return;
        }
        if (entries > max) {
            channel.report(from, PeerError.disconnect("too-many-addresses"));
            return;
        }
        int malformed = 0;
        for (Optional<NodeAddress> address : addresses) {
            if (address.isEmpty()) {
                malformed++;
            } else {
                directory.learn(address.get(), from);
            }
        }
        if (malformed > 0 && state.malformed(malformed) > MALFORMED_FORGIVEN) {
            channel.report(from, PeerError.penalise("malformed-address", MALFORMED_PENALTY));
        }
    }
}
