package dev.p2p.router.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.p2p.api.IpBlock;
import dev.p2p.api.NodeId;
import dev.p2p.api.store.Change;
import dev.p2p.api.store.Durability;
import dev.p2p.api.store.HistoryEvent;
import dev.p2p.api.store.Mark;
import dev.p2p.api.store.PeerRecord;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PendingChangesTest {

    private static final Instant NOW = Instant.EPOCH;

    private final PendingChanges pending = new PendingChanges(3, 4);

    @Test
    void theLongestWaitingChangeThatNobodyWaitsForMakesRoom() {
        pending.add(put(1), Durability.SYNC);
        pending.add(put(2), Durability.ASYNC);
        pending.add(put(3), Durability.ASYNC);
        pending.add(put(4), Durability.ASYNC);
        assertThat(pending.size()).isEqualTo(3);
        assertThat(pending.dropped()).isEqualTo(1);
        assertThat(pending.take(10).changes()).containsExactly(put(1));
        assertThat(pending.take(10).changes()).containsExactly(put(3), put(4));
        assertThat(pending.size()).isZero();
    }

    @Test
    void aChangeThatSomeoneWaitsForIsRefusedRatherThanForgotten() {
        for (int i = 1; i <= 3; i++) {
            assertThat(pending.add(put(i), Durability.SYNC)).isNotDone();
        }
        assertThat(pending.add(put(4), Durability.SYNC)).isCompletedExceptionally();
        assertThat(pending.add(put(2), Durability.SYNC)).isNotDone();
        pending.add(put(5), Durability.ASYNC);
        assertThat(pending.size()).isEqualTo(3);
        assertThat(pending.dropped()).isEqualTo(2);
    }

    @Test
    void eventsAreBoundedAndThePeersOwnOldestGoesFirst() {
        for (int i = 1; i <= 4; i++) {
            pending.add(event(1, i), Durability.ASYNC);
        }
        pending.add(event(1, 5), Durability.ASYNC);
        pending.add(event(2, 6), Durability.ASYNC);
        assertThat(pending.dropped()).isEqualTo(2);
        assertThat(pending.take(10).changes()).containsExactly(event(1, 2), event(1, 3), event(1, 4), event(1, 5));
        pending.add(event(2, 7), Durability.ASYNC);
        assertThat(pending.take(10).changes()).containsExactly(event(2, 7));
    }

    @Test
    void anUrgentChangeTakesThePeersEarlierOnesWithIt() {
        pending.add(event(1, 1), Durability.ASYNC);
        pending.add(put(2), Durability.ASYNC);
        pending.add(put(1), Durability.SYNC);
        PendingChanges.Batch batch = pending.take(10);
        assertThat(batch.durability()).isEqualTo(Durability.SYNC);
        assertThat(batch.changes()).containsExactly(put(1), event(1, 1));
        assertThat(pending.take(10).durability()).isEqualTo(Durability.ASYNC);
    }

    @Test
    void nobodyCanCompleteAnAcknowledgementForAnother() {
        var first = pending.add(put(1), Durability.SYNC);
        var second = pending.add(put(1), Durability.SYNC);
        first.cancel(true);
        assertThat(second).isNotDone();
        pending.take(1).acknowledge();
        assertThat(second).isCompleted();
    }

    @Test
    void aRangeIsBannedOrNotAsWasSaidLast() {
        IpBlock block = IpBlock.parse("192.0.2.0/24");
        Change ban = new Change.Block(block, new Mark(NOW, "requested"));
        pending.add(ban, Durability.ASYNC);
        pending.add(new Change.Unblock(block), Durability.SYNC);
        assertThat(pending.take(10).changes()).containsExactly(new Change.Unblock(block));
        pending.add(new Change.Unblock(block), Durability.SYNC);
        pending.add(ban, Durability.SYNC);
        assertThat(pending.take(10).changes()).containsExactly(ban);
    }

    private static Change put(int number) {
        return new Change.Put(PeerRecord.unknown(new NodeId(0, 0, number), NOW));
    }

    private static Change event(int number, int detail) {
        return new Change.Append(
                new NodeId(0, 0, number), new HistoryEvent(NOW, HistoryEvent.Kind.REFUSED, "full", "" + detail));
    }
}
