package dev.p2p.it.store;

import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.api.store.AddressRecord;
import dev.p2p.api.store.Change;
import dev.p2p.api.store.Durability;
import dev.p2p.api.store.HistoryEvent;
import dev.p2p.api.store.Mark;
import dev.p2p.api.store.PeerRecord;
import dev.p2p.api.store.PeerStore;
import dev.p2p.api.store.PeerStoreProvider;
import dev.p2p.api.store.PeerStoreProvider.Access;
import dev.p2p.api.store.Source;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * A process of its own that writes to a store until it is killed. Says on its output what is about to be written ({@code try N}) and what the
 * store acknowledged ({@code ack N}). What step N writes follows from N alone, so that who reads along knows what must be there.
 */
public final class CrashingWriter {

    /** Each step adds one to both of these in one batch. */
    static final NodeId LEFT = new NodeId(1, 0, 1);

    static final NodeId RIGHT = new NodeId(-2, 0, 2);

    private static final Instant THEN = Instant.ofEpochSecond(1_700_000_000);
    private static final int BULK = 40;
    private static final String FILLING = "-".repeat(2_000);
    private static final int COMPACT_EVERY = 50;

    private CrashingWriter() {}

    /** @param args the store's folder, and the first step */
    public static void main(String[] args) throws Exception {
        PrintStream out = new PrintStream(System.out, true);
        PeerStoreProvider rocksDb = ServiceLoader.load(PeerStoreProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.name().equals("rocksdb"))
                .findFirst()
                .orElseThrow();
        out.println("opening");
        try (PeerStore store = rocksDb.open(Path.of(args[0]), Access.READ_WRITE)) {
            out.println("open");
            for (int step = Integer.parseInt(args[1]); ; step++) {
                out.println("try " + step);
                store.write(changes(step), durability(step));
                out.println("ack " + step);
                if (step % COMPACT_EVERY == 0) {
                    store.compact();
                }
            }
        }
    }

    /** Bans, and peers that were configured, are written to disk before they are acknowledged; the rest is not. */
    static Durability durability(int step) {
        return step % 3 == 2 ? Durability.ASYNC : Durability.SYNC;
    }

    static List<Change> changes(int step) {
        List<Change> changes = new ArrayList<>();
        changes.add(new Change.Put(counter(LEFT, step)));
        changes.add(new Change.Append(LEFT, new HistoryEvent(THEN, HistoryEvent.Kind.CONNECTED, "step", "" + step)));
        switch (step % 3) {
            case 0 -> changes.add(new Change.Put(banned(step)));
            case 1 -> changes.add(new Change.Put(configured(step)));
            default -> {
                // Large records that are replaced over and over, so that memory tables are flushed and files compacted.
                for (int i = 0; i < BULK; i++) {
                    changes.add(new Change.Put(large(i, step)));
                }
            }
        }
        changes.add(new Change.Put(counter(RIGHT, step)));
        return changes;
    }

    static NodeId subject(int step) {
        return new NodeId(0x9e3779b97f4a7c15L * (step + 1), step, 3);
    }

    static PeerRecord banned(int step) {
        return PeerRecord.unknown(subject(step), THEN)
                .withBan(Optional.of(new Mark(THEN.plusSeconds(step), "step-" + step)));
    }

    static PeerRecord configured(int step) {
        NodeId id = subject(step);
        NodeAddress address = NodeAddress.parse(id + "@192.0.2.1:" + (1 + step % 65_000));
        return PeerRecord.unknown(id, THEN)
                .withAddresses(List.of(AddressRecord.heard(address, new Source.Configured(), THEN)));
    }

    private static PeerRecord counter(NodeId id, int step) {
        return PeerRecord.unknown(id, THEN).withReputation(step, THEN);
    }

    private static PeerRecord large(int number, int step) {
        NodeId id = new NodeId(0x517cc1b727220a95L * (number + 1), -1, number);
        return PeerRecord.unknown(id, THEN).withIncompatible(Optional.of(new Mark(THEN, step + FILLING)));
    }
}
