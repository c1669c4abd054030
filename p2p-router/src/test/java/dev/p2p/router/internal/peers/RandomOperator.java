package dev.p2p.router.internal.peers;

import dev.p2p.api.IpBlock;
import dev.p2p.api.NodeId;
import dev.p2p.api.store.AddressRecord;
import dev.p2p.api.store.HistoryEvent;
import dev.p2p.api.store.Mark;
import dev.p2p.api.store.PeerRecord;
import dev.p2p.api.store.Source;
import dev.p2p.router.control.MergeRule;
import dev.p2p.router.control.PeerMemory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/** What the operator of a {@link RandomPeerWorld} asks for, by lot. */
final class RandomOperator {

    private final SplittableRandom random;

    RandomOperator(SplittableRandom random) {
        this.random = random;
    }

    /** What he wishes now. */
    Input.Wish wish(Instant now) {
        NodeId id = PlayPeers.id(random.nextInt(RandomPeerWorld.PEERS));
        return switch (random.nextInt(14)) {
            case 0, 1 -> new Input.Wish.Add(PlayPeers.address(PlayPeers.number(id), 0), Set.of());
            case 2 -> new Input.Wish.Flag(id, Set.of());
            case 3 -> new Input.Wish.Remove(id);
            case 4, 5 -> new Input.Wish.Connect(id);
            case 6 -> new Input.Wish.Disconnect(id, "test");
            case 7 -> new Input.Wish.Ban(id, Duration.ofMinutes(5), "test");
            case 8 -> new Input.Wish.Unban(id);
            case 9 ->
                new Input.Wish.Block(
                        IpBlock.around(PlayPeers.ip(PlayPeers.number(id)), 24), Duration.ofMinutes(3), "test");
            case 10 -> new Input.Wish.Unblock(IpBlock.around(PlayPeers.ip(PlayPeers.number(id)), 24));
            case 11, 12 -> new Input.Wish.TakeIn(memory(id, now), MergeRule.values()[random.nextInt(3)]);
            default -> new Input.Wish.Limit(4 + random.nextInt(8), 2 + random.nextInt(5));
        };
    }

    /** What a file may say of a peer: anything. */
    private PeerMemory memory(NodeId id, Instant now) {
        AddressRecord address = new AddressRecord(
                PlayPeers.address(PlayPeers.number(id), random.nextInt(3)),
                random.nextBoolean()
                        ? new Source.Operator()
                        : new Source.Exchange(PlayPeers.id(random.nextInt(RandomPeerWorld.PEERS))),
                now.minus(Duration.ofDays(2)),
                random.nextBoolean()
                        ? Optional.empty()
                        : Optional.of(now.plus(Duration.ofHours(random.nextInt(9) - 6))),
                random.nextInt(5),
                random.nextBoolean() ? Optional.empty() : Optional.of(now.plus(Duration.ofDays(random.nextInt(4)))),
                Optional.empty());
        PeerRecord record = PeerRecord.unknown(id, now)
                .withAddresses(random.nextInt(5) == 0 ? List.of() : List.of(address))
                .withReputation(random.nextInt(80) - 60, now.plus(Duration.ofMinutes(random.nextInt(99) - 50)))
                .withBan(
                        random.nextInt(4) > 0
                                ? Optional.empty()
                                : Optional.of(new Mark(now.plus(Duration.ofMinutes(random.nextInt(9) - 2)), "file")));
        HistoryEvent event = new HistoryEvent(now, HistoryEvent.Kind.CONNECTED, "", "");
        return new PeerMemory(record, random.nextBoolean() ? List.of() : List.of(event));
    }
}
