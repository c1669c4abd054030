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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Asks peers for addresses, answers theirs, and passes on what it hears. */
final class PexReactor implements Reactor {

    static final String TIMER = "ask";

    /** The most entries that every version accepts. */
    static final int MAX_TOLD = 100;

    private static final int MALFORMED_FORGIVEN = 5;
    private static final int MALFORMED_PENALTY = 10;
    private static final int EXCESS_PENALTY = 2;

    private final ChannelId channelId;
    private final Channel<Message> channel;
    private final PeerDirectory directory;
    private final LongSupplier nanos;
    private final RandomGenerator random;
    private final PexSettings settings;
    private final PexScopes scopes;
    private final Map<PeerRef, PexPeer> peers = new LinkedHashMap<>();
    private final RequestBudgets budgets = new RequestBudgets();
    private final AskingPace pace = new AskingPace();

    /** @param nanos time that only moves on, whatever happens to the system's clock, in nanoseconds */
    PexReactor(ReactorSetup setup, Channel<Message> channel, PexSettings settings, LongSupplier nanos) {
        this.channel = channel;
        this.channelId = channel.descriptor().id();
        this.directory = setup.peers();
        this.nanos = nanos;
        this.random = setup.random();
        this.settings = settings;
        this.scopes = new PexScopes(settings.narrowestScope());
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
                        PexCodec.MAX_ENTRIES,
                        addrs.getAddrsList().stream().map(PexAddresses::decode));
            case Received(var from, var _, PexAddrsV2 addrs) ->
                heard(
                        from,
                        addrs.getAddressesCount(),
                        PexCodec.MAX_ENTRIES_V2,
                        addrs.getAddressesList().stream().map(PexAddresses::decode));
            case Received(var from, var _, var _) -> channel.report(from, PeerError.disconnect("unexpected-message"));
            case Tick _ -> tick();
            case Started _, Stopping _ -> {}
        }
    }

    /** Whoever this node dialed is asked at once, as CometBFT does; the others when the timer chooses them. */
    private void up(PeerUp up) {
        if (!up.info().serves(channelId)) {
            return;
        }
        peers.put(up.peer(), new PexPeer(up.direction(), PexScopes.of(up.remote()), nanos.getAsLong()));
        pace.news();
        if (up.direction() == Direction.OUTBOUND && wantsMore()) {
            ask(up.peer());
        }
    }

    private void tick() {
        long now = nanos.getAsLong();
        peers.forEach((peer, state) -> {
            if (state.ranOut(now)) {
                channel.report(peer, PeerError.note("pex-unanswered"));
            }
            if (settings.seedMode() && state.outstayed(settings.seedPatience(), now)) {
                channel.report(peer, PeerError.release("pex-idle"));
            }
        });
        if (wantsMore() && pace.due(directory.known())) {
            askSomebody(now);
        }
    }

    private boolean wantsMore() {
        return directory.known() < settings.enoughPeers();
    }

    /** A seed asks only whom it dialed: the others have come to ask. */
    private void askSomebody(long now) {
        List<PeerRef> willing = peers.entrySet().stream()
                .filter(entry -> entry.getValue().mayAsk(now))
                .filter(entry -> !settings.seedMode() || entry.getValue().direction() == Direction.OUTBOUND)
                .map(Map.Entry::getKey)
                .filter(peer -> !settings.privatePeers().contains(peer.id()))
                .toList();
        if (!willing.isEmpty()) {
            pace.asked();
            ask(willing.get(random.nextInt(willing.size())));
        }
    }

    private void ask(PeerRef peer) {
        PexPeer state = peers.get(peer);
        if (state == null || settings.privatePeers().contains(peer.id())) {
            return;
        }
        Message question = state.isAskedForUrls() ? PexRequestV2.getDefaultInstance() : PexRequest.getDefaultInstance();
        if (channel.send(peer, question) == SendResult.QUEUED) {
            state.asked(nanos.getAsLong());
        }
    }

    private void requested(PeerRef from, boolean v2) {
        PexPeer state = peers.get(from);
        if (v2 && state != null) {
            state.speaksUrls();
        }
        switch (budgets.take(from.id(), nanos.getAsLong())) {
            case ANSWER -> answer(from, state, v2);
            case NOTE -> channel.report(from, PeerError.note("pex-request-early"));
            case PENALISE -> channel.report(from, PeerError.penalise("pex-request-early", EXCESS_PENALTY));
            case DISCONNECT -> channel.report(from, PeerError.disconnect("pex-flood"));
        }
    }

    /**
     * Answers in the form in which the peer asked; a peer of that form may understand nothing else. One that does not serve the channel
     * cannot be answered.
     */
    private void answer(PeerRef from, @Nullable PexPeer state, boolean v2) {
        if (state == null) {
            channel.report(from, PeerError.note("pex-request-without-channel"));
            return;
        }
        List<NodeAddress> told = directory
                .sample(from, MAX_TOLD + settings.privatePeers().size())
                .stream()
                .filter(address -> !address.id().equals(from.id()))
                .filter(address -> !settings.privatePeers().contains(address.id()))
                .filter(address -> scopes.pass(address, state.scope()))
                .limit(MAX_TOLD)
                .toList();
        if (channel.send(from, v2 ? PexAddresses.encodeV2(told) : PexAddresses.encode(told)) == SendResult.FULL) {
            channel.report(from, PeerError.note("pex-answer-unread"));
        }
        if (settings.seedMode()) {
            channel.report(from, PeerError.release("pex-served"));
        }
    }

    private void heard(PeerRef from, int entries, int max, Stream<Optional<NodeAddress>> addresses) {
        PexPeer state = peers.get(from);
        if (state == null || !state.answered()) {
            channel.report(from, PeerError.disconnect("unsolicited-addresses"));
            return;
        }
        if (entries > max) {
            channel.report(from, PeerError.disconnect("too-many-addresses"));
            return;
        }
        List<NodeAddress> usable = addresses.flatMap(Optional::stream).toList();
        usable.stream().filter(address -> isNews(address, state)).forEach(address -> directory.learn(address, from));
        int malformed = entries - usable.size();
        if (malformed > 0 && state.malformed(malformed) > MALFORMED_FORGIVEN) {
            channel.report(from, PeerError.penalise("malformed-address", MALFORMED_PENALTY));
        }
        if (settings.seedMode() && state.direction() == Direction.OUTBOUND) {
            channel.report(from, PeerError.release("pex-visited"));
        }
    }

    private boolean isNews(NodeAddress address, PexPeer teller) {
        return !settings.privatePeers().contains(address.id()) && scopes.pass(address, teller.scope());
    }
}
