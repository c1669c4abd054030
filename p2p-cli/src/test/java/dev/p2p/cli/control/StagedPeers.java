package dev.p2p.cli.control;

import dev.p2p.api.ChannelId;
import dev.p2p.api.Direction;
import dev.p2p.api.NetEndpoint;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeInfo;
import dev.p2p.api.PeerRef;
import dev.p2p.api.reactor.PeerView;
import dev.p2p.api.reactor.Traffic;
import dev.p2p.api.store.AddressRecord;
import dev.p2p.api.store.Mark;
import dev.p2p.api.store.PeerFlag;
import dev.p2p.api.store.PeerRecord;
import dev.p2p.api.store.Source;
import dev.p2p.api.transport.LinkCounters;
import dev.p2p.router.control.KnownPeer;
import dev.p2p.router.control.PeerState;
import dev.p2p.router.control.SlotClass;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The peers that a {@link StagedControl} knows. */
final class StagedPeers {

    private StagedPeers() {}

    static KnownPeer banned(Instant now) {
        PeerRecord record = PeerRecord.unknown(StagedControl.BANNED, now)
                .withReputation(-44, now)
                .withBan(Optional.of(new Mark(now.plus(Duration.ofHours(17)), "undecodable-message")));
        return new KnownPeer(record, Set.of(), PeerState.BANNED, -44, Optional.empty(), Optional.empty());
    }

    static KnownPeer connected(Instant now) {
        PeerRecord record = PeerRecord.unknown(StagedControl.CONNECTED, now)
                .withAddresses(List.of(AddressRecord.heard(
                                NodeAddress.parse(StagedControl.CONNECTED + "@9.9.9.9:26656"),
                                new Source.Configured(),
                                now.minus(Duration.ofDays(3)))
                        .succeeded(now.minus(Duration.ofHours(11)))))
                .withLastConnected(now);
        PeerRef ref = new PeerRef(StagedControl.CONNECTED, 7);
        NodeInfo info = NodeInfo.of(
                StagedControl.CONNECTED,
                "osmosis-1",
                "full-de-9",
                "0.38.25",
                "9.9.9.9:26656",
                List.of(new ChannelId(0), new ChannelId(0x30)));
        Traffic traffic = new Traffic(
                90, 83_160_000, 80, 25_344_000, 0, new LinkCounters(84_000_000, 26_000_000, 9, 9, 8, 38_400_000));
        PeerView view = new PeerView(ref, info, Direction.OUTBOUND, remote(), now.minus(Duration.ofHours(11)), traffic);
        return new KnownPeer(
                record,
                Set.of(PeerFlag.PERSISTENT),
                PeerState.CONNECTED,
                71,
                Optional.empty(),
                Optional.of(new KnownPeer.Live(
                        ref, Direction.OUTBOUND, SlotClass.RESERVED, view.since(), Optional.of(view))));
    }

    private static NetEndpoint remote() {
        try {
            return new NetEndpoint("tcp", InetAddress.getByAddress(new byte[] {9, 9, 9, 9}), 26_656);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
