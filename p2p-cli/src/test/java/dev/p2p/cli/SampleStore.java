package dev.p2p.cli;

import dev.p2p.api.IpBlock;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.api.store.AddressRecord;
import dev.p2p.api.store.Change;
import dev.p2p.api.store.Durability;
import dev.p2p.api.store.HistoryEvent;
import dev.p2p.api.store.HistoryEvent.Kind;
import dev.p2p.api.store.Mark;
import dev.p2p.api.store.PeerFlag;
import dev.p2p.api.store.PeerRecord;
import dev.p2p.api.store.PeerStore;
import dev.p2p.api.store.PeerStoreException;
import dev.p2p.api.store.PeerStoreProvider.Access;
import dev.p2p.api.store.Source;
import dev.p2p.cli.target.StoreFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A store with one peer of every sort, as it was at {@link CommandRun#NOW}. */
final class SampleStore {

    static final NodeId VERIFIED = NodeId.parse("2ab7e0c91444d0f1c2aa00112233445566778899");
    static final NodeId BANNED = NodeId.parse("41d7aa30ce0000000000000000000000000000aa");
    static final NodeId COOLING = NodeId.parse("8f1d02c77a41b0e9d2f05c6b7a3344e1909f1c55");
    static final NodeId COOLINGS_TWIN = NodeId.parse("8f1dffc77a41b0e9d2f05c6b7a3344e1909f1c55");
    static final NodeId INCOMPATIBLE = NodeId.parse("c04e5561bd000000000000000000000000000000");
    static final NodeId ADDRESSLESS = NodeId.parse("e9920f7710000000000000000000000000000000");

    private static final Instant NOW = CommandRun.NOW;

    private SampleStore() {}

    /** Makes it. */
    static void make(Path folder) {
        try (PeerStore store = new StoreFolder(folder, "rocksdb", Optional.empty()).open(Access.READ_WRITE)) {
            store.write(changes(), Durability.SYNC);
        } catch (PeerStoreException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Change> changes() {
        return List.of(
                new Change.Put(verified()),
                new Change.Put(banned()),
                new Change.Put(backingOff()),
                new Change.Put(PeerRecord.unknown(COOLINGS_TWIN, NOW)
                        .withAddresses(List.of(AddressRecord.heard(
                                NodeAddress.parse(COOLINGS_TWIN + "@seeds.example.org:26656"),
                                new Source.Operator(),
                                NOW.minus(Duration.ofDays(40)))))),
                new Change.Put(PeerRecord.unknown(INCOMPATIBLE, NOW)
                        .withAddresses(List.of(AddressRecord.heard(
                                NodeAddress.parse(INCOMPATIBLE + "@10.0.4.7:26656"),
                                new Source.SelfReported(),
                                NOW.minus(Duration.ofDays(3)))))
                        .withIncompatible(Optional.of(new Mark(NOW.plus(Duration.ofMinutes(30)), "wrong-network")))),
                new Change.Put(PeerRecord.unknown(ADDRESSLESS, NOW)),
                event(VERIFIED, Duration.ofHours(8), Kind.CONNECTED, "", "outbound"),
                event(VERIFIED, Duration.ofHours(2), Kind.DISCONNECTED, "closed-by-peer", ""),
                event(BANNED, Duration.ofHours(2), Kind.PENALISED, "undecodable-message", "20 points"),
                event(BANNED, Duration.ofHours(1), Kind.BANNED, "undecodable-message", "until 2026-08-31T05:00:00Z"),
                new Change.Block(IpBlock.parse("192.0.2.0/24"), new Mark(NOW.plus(Duration.ofDays(7)), "scanner")));
    }

    private static PeerRecord verified() {
        AddressRecord first = new AddressRecord(
                NodeAddress.parse(VERIFIED + "@8.8.4.4:26656"),
                new Source.Configured(),
                NOW.minus(Duration.ofDays(20)),
                Optional.of(NOW.minus(Duration.ofHours(8))),
                0,
                Optional.empty(),
                Optional.of(NOW.plus(Duration.ofDays(6))));
        AddressRecord second = new AddressRecord(
                NodeAddress.parse(VERIFIED + "@[2606:4700::17]:26656"),
                new Source.Exchange(COOLING),
                NOW.minus(Duration.ofDays(2)),
                Optional.empty(),
                3,
                Optional.of(NOW.plus(Duration.ofMinutes(4))),
                Optional.empty());
        return new PeerRecord(
                VERIFIED,
                List.of(first, second),
                12,
                NOW.minus(Duration.ofHours(1)),
                Optional.of(NOW.minus(Duration.ofHours(2))),
                Optional.empty(),
                Optional.empty(),
                Set.of(PeerFlag.PERSISTENT, PeerFlag.UNCONDITIONAL));
    }

    private static PeerRecord banned() {
        return PeerRecord.unknown(BANNED, NOW)
                .withAddresses(List.of(new AddressRecord(
                        NodeAddress.parse(BANNED + "@203.0.113.99:26656"),
                        new Source.Exchange(VERIFIED),
                        NOW.minus(Duration.ofDays(9)),
                        Optional.of(NOW.minus(Duration.ofDays(9))),
                        2,
                        Optional.of(NOW.plus(Duration.ofHours(1))),
                        Optional.empty())))
                .withReputation(-44, NOW)
                .withLastConnected(NOW.minus(Duration.ofDays(9)))
                .withBan(Optional.of(new Mark(NOW.plus(Duration.ofHours(17)), "undecodable-message")));
    }

    private static PeerRecord backingOff() {
        return PeerRecord.unknown(COOLING, NOW)
                .withAddresses(List.of(new AddressRecord(
                        NodeAddress.parse(COOLING + "@9.9.9.9:26656"),
                        new Source.Exchange(VERIFIED),
                        NOW.minus(Duration.ofDays(1)),
                        Optional.empty(),
                        7,
                        Optional.of(NOW.plus(Duration.ofMinutes(11))),
                        Optional.empty())))
                .withReputation(-3, NOW);
    }

    private static Change event(NodeId id, Duration ago, Kind kind, String reason, String detail) {
        return new Change.Append(id, new HistoryEvent(NOW.minus(ago), kind, reason, detail));
    }
}
