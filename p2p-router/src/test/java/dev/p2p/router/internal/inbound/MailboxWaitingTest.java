package dev.p2p.router.internal.inbound;

import static dev.p2p.router.internal.inbound.MailboxRig.message;
import static dev.p2p.router.internal.inbound.MailboxRig.ref;
import static dev.p2p.router.internal.inbound.MailboxRig.up;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Message;
import dev.p2p.api.Reason;
import dev.p2p.api.reactor.ReactorEvent;
import dev.p2p.api.reactor.ReactorEvent.PeerDown;
import dev.p2p.api.reactor.ReactorEvent.Received;
import dev.p2p.api.reactor.ReactorEvent.Tick;
import dev.p2p.api.reactor.WhenFull;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Threads that wait at a mailbox: a reactor for what comes, a connection's reader for room. */
class MailboxWaitingTest {

    private final MailboxRig rig = new MailboxRig();

    @Test
    @DisplayName("CH-05: as long as there is nothing, a reactor waits, and it wakes for the first event")
    void takingFromAnEmptyMailboxWaits() throws Exception {
        CompletableFuture<List<ReactorEvent>> taken = new CompletableFuture<>();
        Thread taker = takeInBackground(taken);
        awaitWaiting(taker);
        assertThat(taken).isNotDone();
        rig.mailbox.post(new Tick("first"));
        assertThat(taken.get(1, TimeUnit.MINUTES)).containsExactly(new Tick("first"));
    }

    @Test
    @DisplayName("CH-07: an interrupt ends the wait of a reactor, and what comes then is not lost")
    void anInterruptEndsTheWait() throws Exception {
        CompletableFuture<List<ReactorEvent>> taken = new CompletableFuture<>();
        Thread taker = takeInBackground(taken);
        awaitWaiting(taker);
        taker.interrupt();
        assertThatThrownBy(() -> taken.get(1, TimeUnit.MINUTES)).hasCauseInstanceOf(InterruptedException.class);
        rig.mailbox.post(new Tick("next"));
        assertThat(rig.takeAll()).containsExactly(new Tick("next"));
    }

    @Test
    @DisplayName(
            "CH-08: a reactor that took before and was interrupted since takes nothing more, though something is there")
    void anInterruptedReactorTakesNothingMore() throws Exception {
        rig.mailbox.post(new Tick("one"));
        assertThat(rig.takeAll()).containsExactly(new Tick("one"));
        rig.mailbox.post(new Tick("two"));
        List<ReactorEvent> batch = new ArrayList<>();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> rig.mailbox.take(batch)).isInstanceOf(InterruptedException.class);
        assertThat(batch).isEmpty();
        assertThat(rig.takeAll()).containsExactly(new Tick("two"));
    }

    @Test
    void pausesThePeerUntilThereIsRoom() throws Exception {
        Seat seat = rig.enter();
        Lane lane = rig.lane(seat, WhenFull.PAUSE_PEER);
        rig.put(lane, message(1, "a"));
        rig.put(lane, message(1, "b"));
        CompletableFuture<Mailbox.Outcome> third = putInBackground(lane, message(1, "c"));
        List<ReactorEvent> seen = new ArrayList<>();
        List<ReactorEvent> batch = new ArrayList<>();
        while (!seen.contains(message(1, "c"))) {
            rig.mailbox.take(batch);
            seen.addAll(batch);
        }
        assertThat(third.get(1, TimeUnit.MINUTES)).isEqualTo(Mailbox.Outcome.QUEUED);
        assertThat(seen).containsExactly(up(1), message(1, "a"), message(1, "b"), message(1, "c"));
    }

    @Test
    void releasesAPausedReaderWhenItsConnectionEnds() throws Exception {
        Seat seat = rig.enter();
        Lane lane = rig.lane(seat, WhenFull.PAUSE_PEER);
        rig.put(lane, message(1, "a"));
        rig.put(lane, message(1, "b"));
        CompletableFuture<Mailbox.Outcome> third = putInBackground(lane, message(1, "c"));
        rig.mailbox.leave(seat, Reason.NETWORK_FAILURE, false);
        assertThat(third.get(1, TimeUnit.MINUTES)).isEqualTo(Mailbox.Outcome.GONE);
        assertThat(rig.takeAll()).endsWith(message(1, "b"), new PeerDown(ref(1), Reason.NETWORK_FAILURE));
    }

    private CompletableFuture<Mailbox.Outcome> putInBackground(Lane lane, Received<Message> message) {
        CompletableFuture<Mailbox.Outcome> outcome = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                outcome.complete(rig.put(lane, message));
            } catch (InterruptedException e) {
                outcome.completeExceptionally(e);
            }
        });
        return outcome;
    }

    private Thread takeInBackground(CompletableFuture<List<ReactorEvent>> taken) {
        return Thread.ofPlatform().start(() -> {
            List<ReactorEvent> batch = new ArrayList<>();
            try {
                rig.mailbox.take(batch);
                taken.complete(batch);
            } catch (InterruptedException e) {
                taken.completeExceptionally(e);
            }
        });
    }

    private static void awaitWaiting(Thread thread) {
        while (thread.getState() != Thread.State.WAITING) {
            assertThat(thread.isAlive()).isTrue();
            Thread.onSpinWait();
        }
    }
}
