package dev.p2p.router.internal.peers;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.p2p.api.IpBlock;
import dev.p2p.api.NodeId;
import dev.p2p.api.store.Change;
import dev.p2p.api.store.CompactReport;
import dev.p2p.api.store.Durability;
import dev.p2p.api.store.HistoryEvent;
import dev.p2p.api.store.Mark;
import dev.p2p.api.store.PeerFilter;
import dev.p2p.api.store.PeerRecord;
import dev.p2p.api.store.PeerStore;
import dev.p2p.api.store.PeerStoreException;
import dev.p2p.api.store.PeerStoreException.Problem;
import dev.p2p.api.store.StoreStats;
import dev.p2p.api.store.VerifyReport;
import dev.p2p.router.internal.store.MemoryPeerStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StoreWriterTest {

    private static final Duration NEVER = Duration.ofHours(1);
    private static final NodeId A = new NodeId(0, 0, 1);
    private static final NodeId B = new NodeId(0, 0, 2);

    private final GatedStore store = new GatedStore();

    @Test
    void aSyncChangeIsAcknowledgedWhenTheStoreHasItOnDisk() throws Exception {
        try (StoreWriter writer = started(NEVER)) {
            CompletableFuture<@Nullable Void> written = writer.submit(banned(A), Durability.SYNC);
            store.awaitWrite();
            assertThat(written).isNotDone();
            store.let(1);
            written.get(30, SECONDS);
            assertThat(store.calls.take().durability).isEqualTo(Durability.SYNC);
            assertThat(store.memory.get(A).orElseThrow().ban()).isPresent();
        }
    }

    @Test
    void manyChangesOfAPeerAreOneWrite() throws Exception {
        StoreWriter writer = started(NEVER);
        for (int i = 0; i < 100; i++) {
            assertThat(writer.submit(put(A, i), Durability.ASYNC)).isCompleted();
        }
        store.let(100);
        writer.close();
        assertThat(store.calls).hasSize(1);
        Call call = store.calls.take();
        assertThat(call.changes).containsExactly(put(A, 99));
        assertThat(call.durability).isEqualTo(Durability.ASYNC);
    }

    @Test
    void gatheredChangesAreWrittenWithoutBeingAskedFor() throws Exception {
        try (StoreWriter writer = started(Duration.ofMillis(1))) {
            store.let(1);
            writer.submit(put(A, 1), Durability.ASYNC);
            assertThat(store.calls.poll(30, SECONDS)).isNotNull();
        }
    }

    @Test
    void aBanDoesNotWaitForGossip() throws Exception {
        try (StoreWriter writer = started(NEVER)) {
            for (int i = 0; i < 900; i++) {
                writer.submit(put(new NodeId(0, 1, i), 1), Durability.ASYNC);
            }
            store.let(1);
            writer.submit(banned(B), Durability.SYNC).get(30, SECONDS);
            assertThat(store.calls.take().changes).containsExactly(banned(B));
            store.let(10);
        }
        assertThat(store.memory.verify().peers()).isEqualTo(901);
    }

    @Test
    void aFullDiskLosesNothing() throws Exception {
        store.fail(3, new PeerStoreException(Problem.IO, "no space left on device"));
        store.let(100);
        try (StoreWriter writer = started(NEVER)) {
            writer.submit(banned(A), Durability.SYNC).get(30, SECONDS);
        }
        assertThat(store.calls).hasSize(1);
        assertThat(store.memory.get(A)).isPresent();
    }

    @Test
    void aStoreThatFailsToTheEndFailsTheAcknowledgement() throws Exception {
        store.fail(Integer.MAX_VALUE, new PeerStoreException(Problem.IO, "no space left on device"));
        store.let(100_000);
        StoreWriter writer =
                new StoreWriter(store, new StoreWriter.Pace(NEVER, Duration.ofMillis(1), Duration.ofMillis(20)));
        writer.start();
        CompletableFuture<@Nullable Void> first = writer.submit(banned(A), Durability.SYNC);
        writer.close();
        assertThatThrownBy(() -> first.get(30, SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(PeerStoreException.class);
        assertThat(writer.submit(banned(B), Durability.SYNC)).isCompletedExceptionally();
    }

    @Test
    void oneChangeThatTheStoreCannotStandLosesNoOther() throws Exception {
        store.poison = Optional.of(A);
        StoreWriter writer = started(NEVER);
        writer.submit(put(A, 1), Durability.ASYNC);
        writer.submit(put(B, 1), Durability.ASYNC);
        store.let(100);
        writer.close();
        assertThat(store.memory.get(A)).isEmpty();
        assertThat(store.memory.get(B)).isPresent();
    }

    @Test
    void aForgottenPeerLosesItsHistoryEvenIfItComesBackInTheSameBatch() throws Exception {
        HistoryEvent before = new HistoryEvent(Instant.EPOCH, HistoryEvent.Kind.DIAL_FAILED, "before", "");
        HistoryEvent after = new HistoryEvent(Instant.EPOCH, HistoryEvent.Kind.DIAL_FAILED, "after", "");
        store.memory.write(List.of(new Change.Append(A, before)), Durability.SYNC);
        StoreWriter writer = started(NEVER);
        writer.submit(new Change.Append(A, before), Durability.ASYNC);
        writer.submit(new Change.Delete(A), Durability.ASYNC);
        writer.submit(put(A, 7), Durability.ASYNC);
        writer.submit(new Change.Append(A, after), Durability.ASYNC);
        store.let(100);
        writer.close();
        assertThat(store.memory.get(A)).isPresent();
        assertThat(store.memory.history(A, 10)).containsExactly(after);
    }

    private StoreWriter started(Duration gather) {
        StoreWriter writer =
                new StoreWriter(store, new StoreWriter.Pace(gather, Duration.ofMillis(1), Duration.ofSeconds(30)));
        writer.start();
        return writer;
    }

    private static Change put(NodeId id, int reputation) {
        return new Change.Put(PeerRecord.unknown(id, Instant.EPOCH).withReputation(reputation, Instant.EPOCH));
    }

    private static Change banned(NodeId id) {
        return new Change.Put(
                PeerRecord.unknown(id, Instant.EPOCH).withBan(Optional.of(new Mark(Instant.MAX, "flood"))));
    }

    private record Call(List<Change> changes, Durability durability) {}

    /** Lets writes through one by one. */
    private static final class GatedStore implements PeerStore {

        final LinkedBlockingQueue<Call> calls = new LinkedBlockingQueue<>();
        final MemoryPeerStore memory = new MemoryPeerStore();
        private final Semaphore arrived = new Semaphore(0);
        private final Semaphore allowed = new Semaphore(0);
        private volatile int failures;
        private volatile @Nullable PeerStoreException failure;
        volatile Optional<NodeId> poison = Optional.empty();

        void awaitWrite() throws InterruptedException {
            assertThat(arrived.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
        }

        void let(int writes) {
            allowed.release(writes);
        }

        void fail(int times, PeerStoreException with) {
            failures = times;
            failure = with;
        }

        @Override
        public void write(List<Change> changes, Durability durability) throws PeerStoreException {
            arrived.release();
            allowed.acquireUninterruptibly();
            PeerStoreException e = failure;
            if (e != null && failures-- > 0) {
                throw e;
            }
            if (changes.stream()
                    .anyMatch(change -> change instanceof Change.Put(var peer)
                            && poison.filter(peer.id()::equals).isPresent())) {
                throw new IllegalArgumentException("poison");
            }
            memory.write(changes, durability);
            calls.add(new Call(changes, durability));
        }

        @Override
        public Optional<PeerRecord> get(NodeId id) {
            return memory.get(id);
        }

        @Override
        public Scan scan(PeerFilter filter) {
            return memory.scan(filter);
        }

        @Override
        public List<HistoryEvent> history(NodeId id, int limit) {
            return memory.history(id, limit);
        }

        @Override
        public Map<IpBlock, Mark> blocks() {
            return memory.blocks();
        }

        @Override
        public VerifyReport verify(VerifyReport.Depth depth) {
            return memory.verify(depth);
        }

        @Override
        public CompactReport compact() {
            return memory.compact();
        }

        @Override
        public StoreStats stats() {
            return memory.stats();
        }

        @Override
        public void close() {
            memory.close();
        }
    }
}
