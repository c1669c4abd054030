package dev.p2p.cli.control;

import dev.p2p.api.ChannelId;
import dev.p2p.api.Direction;
import dev.p2p.api.reactor.PeerView;
import dev.p2p.cli.peerdata.BanRow;
import dev.p2p.cli.peerdata.ChannelFlow;
import dev.p2p.cli.peerdata.LiveLink;
import dev.p2p.cli.peerdata.LiveState;
import dev.p2p.cli.peerdata.PeerEvent;
import dev.p2p.cli.peerdata.PeerExplanation;
import dev.p2p.cli.peerdata.PeerRow;
import dev.p2p.router.control.Ban;
import dev.p2p.router.control.Decision;
import dev.p2p.router.control.Explanation;
import dev.p2p.router.control.KnownPeer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** What the router tells of its peers, as rows. */
final class LiveRows {

    private final Rates rates;
    private final Courses courses;

    LiveRows(Rates rates, Courses courses) {
        this.rates = rates;
        this.courses = courses;
    }

    PeerRow row(KnownPeer peer, Instant now) {
        return row(peer, List.of(), now);
    }

    /** A peer with what flows over each channel. */
    PeerRow row(KnownPeer peer, List<ChannelFlow> flows, Instant now) {
        Optional<LiveLink> link = peer.connection().map(live -> link(live, flows, now));
        return new PeerRow(
                peer.record(),
                peer.flags(),
                Optional.of(new LiveState(
                        peer.state().toString(), peer.score(), peer.nextAttempt(), courses.of(peer), link)));
    }

    static BanRow ban(Ban ban) {
        return switch (ban) {
            case Ban.OfPeer(var id, var mark) -> new BanRow(id.toString(), false, mark);
            case Ban.OfBlock(var block, var mark) -> new BanRow(block.toString(), true, mark);
        };
    }

    static PeerEvent event(Decision decision) {
        return new PeerEvent(
                decision.at(), decision.peer(), decision.kind().toString(), decision.reason(), decision.detail());
    }

    static PeerExplanation explanation(Explanation told) {
        return new PeerExplanation(
                told.id(),
                told.peer().map(peer -> peer.state().toString()).orElse("unknown"),
                told.why(),
                told.next().map(Explanation.NextStep::what).orElse(""),
                told.next().flatMap(Explanation.NextStep::at),
                told.score(),
                told.decisions().stream().map(LiveRows::event).toList());
    }

    private LiveLink link(KnownPeer.Live live, List<ChannelFlow> flows, Instant now) {
        boolean inbound = live.direction() == Direction.INBOUND;
        String slot = live.slot().toString();
        if (live.view().isEmpty()) {
            return new LiveLink(
                    "",
                    "",
                    "",
                    inbound,
                    slot,
                    "",
                    live.since(),
                    0,
                    0,
                    0,
                    0,
                    OptionalDouble.empty(),
                    List.of(),
                    "",
                    flows);
        }
        PeerView view = live.view().get();
        Rates.Rate rate = rates.of(view, now);
        long nanos = view.traffic().link().roundTripNanos();
        return new LiveLink(
                view.info().moniker(),
                view.info().version(),
                view.info().network(),
                inbound,
                slot,
                view.remote().toString(),
                view.since(),
                view.traffic().bytesIn(),
                view.traffic().bytesOut(),
                rate.in(),
                rate.out(),
                nanos > 0 ? OptionalDouble.of(nanos / 1e6) : OptionalDouble.empty(),
                view.info().channels().stream().map(ChannelId::value).toList(),
                view.info().listenAddress(),
                flows);
    }
}
