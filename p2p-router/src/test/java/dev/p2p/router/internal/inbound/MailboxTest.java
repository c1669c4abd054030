package dev.p2p.router.internal.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Message;
import com.google.protobuf.StringValue;
import dev.p2p.api.ChannelId;
import dev.p2p.api.Direction;
import dev.p2p.api.LocalEndpoint;
import dev.p2p.api.NodeId;
import dev.p2p.api.NodeInfo;
import dev.p2p.api.PeerRef;
import dev.p2p.api.Reason;
import dev.p2p.api.reactor.ChannelDescriptor;
import dev.p2p.api.reactor.ReactorEvent;
import dev.p2p.api.reactor.ReactorEvent.PeerDown;
import dev.p2p.api.reactor.ReactorEvent.PeerUp;
import dev.p2p.api.reactor.ReactorEvent.Received;
import dev.p2p.api.reactor.ReactorEvent.Stopping;
import dev.p2p.api.reactor.ReactorEvent.Tick;
import dev.p2p.api.reactor.WhenFull;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MailboxTest {

    private static final NodeId PEER = new NodeId(1, 2, 3);

    private final Mailbox mailbox = new Mailbox();

    @Test
    void deliversUpThenMessagesThenDown() throws InterruptedException {
        Seat seat = mailbox.enter(up(1));
        Lane lane = lane(seat, WhenFull.PAUSE_PEER);
        mailbox.put(lane, message(1, "a"), 1);
        mailbox.put(lane, message(1, "b"), 1);
        mailbox.leave(seat, Reason.CLOSED_BY_PEER, false);
        assertThat(takeAll())
                .containsExactly(up(1), message(1, "a"), message(1, "b"), new PeerDown(ref(1), Reason.CLOSED_BY_PEER));
    }

    @Test
    void neverDeliversAMessageBeforeItsUpHoweverManyControlEventsWait() throws InterruptedException {
        for (int i = 0; i < 50; i++) {
            mailbox.tick("timer-" + i);
        }
        Seat seat = mailbox.enter(up(1));
        mailbox.put(lane(seat, WhenFull.PAUSE_PEER), message(1, "a"), 1);
        List<ReactorEvent> events = takeAll();
        assertThat(events.indexOf(up(1))).isLessThan(events.indexOf(message(1, "a")));
        assertThat(events).hasSize(52);
    }

    @Test
    void servesMessagesWhileControlEventsKeepComing() throws InterruptedException {
        Seat seat = mailbox.enter(up(1));
        mailbox.put(lane(seat, WhenFull.PAUSE_PEER), message(1, "a"), 1);
        for (int i = 0; i < 30; i++) {
            mailbox.tick("timer-" + i);
        }
        assertThat(takeAll().indexOf(message(1, "a"))).isLessThanOrEqualTo(9);
    }

    @Test
    void throwsAwayWhatWaitsWhenThisNodeWantsNoMore() throws InterruptedException {
        Seat seat = mailbox.enter(up(1));
        mailbox.put(lane(seat, WhenFull.PAUSE_PEER), message(1, "a"), 1);
        mailbox.leave(seat, Reason.REPORTED, true);
        assertThat(takeAll()).containsExactly(up(1), new PeerDown(ref(1), Reason.REPORTED));
    }

    @Test
    void tellsOfAPeerThatCameAndWentBeforeAnybodyLooked() throws InterruptedException {
        Seat seat = mailbox.enter(up(1));
        mailbox.leave(seat, Reason.NETWORK_FAILURE, false);
        assertThat(takeAll()).containsExactly(up(1), new PeerDown(ref(1), Reason.NETWORK_FAILURE));
    }

    @Test
    void coalescesATimerThatFiresTwice() throws InterruptedException {
        mailbox.tick("t");
        mailbox.tick("t");
        assertThat(takeAll()).containsExactly(new Tick("t"));
        mailbox.tick("t");
        assertThat(takeAll()).containsExactly(new Tick("t"));
    }

    @Test
    void pausesThePeerUntilThereIsRoom() throws Exception {
        Seat seat = mailbox.enter(up(1));
        Lane lane = lane(seat, WhenFull.PAUSE_PEER);
        mailbox.put(lane, message(1, "a"), 1);
        mailbox.put(lane, message(1, "b"), 1);
        CompletableFuture<Mailbox.Outcome> third = putInBackground(lane, message(1, "c"));
        List<ReactorEvent> seen = new ArrayList<>();
        List<ReactorEvent> batch = new ArrayList<>();
        while (!seen.contains(message(1, "c"))) {
            mailbox.take(batch);
            seen.addAll(batch);
        }
        assertThat(third.get(1, TimeUnit.MINUTES)).isEqualTo(Mailbox.Outcome.QUEUED);
        assertThat(seen).containsExactly(up(1), message(1, "a"), message(1, "b"), message(1, "c"));
    }

    @Test
    void releasesAPausedReaderWhenItsConnectionEnds() throws Exception {
        Seat seat = mailbox.enter(up(1));
        Lane lane = lane(seat, WhenFull.PAUSE_PEER);
        mailbox.put(lane, message(1, "a"), 1);
        mailbox.put(lane, message(1, "b"), 1);
        CompletableFuture<Mailbox.Outcome> third = putInBackground(lane, message(1, "c"));
        mailbox.leave(seat, Reason.NETWORK_FAILURE, false);
        assertThat(third.get(1, TimeUnit.MINUTES)).isEqualTo(Mailbox.Outcome.GONE);
        assertThat(takeAll()).endsWith(message(1, "b"), new PeerDown(ref(1), Reason.NETWORK_FAILURE));
    }

    @Test
    void dropsTheNewestWhereTheChannelSaysSo() throws InterruptedException {
        Lane lane = full(WhenFull.DROP_NEWEST);
        assertThat(mailbox.put(lane, message(1, "c"), 1)).isEqualTo(Mailbox.Outcome.DROPPED_NEWEST);
        assertThat(takeAll()).containsExactly(up(1), message(1, "a"), message(1, "b"));
    }

    @Test
    void dropsTheOldestWhereTheChannelSaysSo() throws InterruptedException {
        Lane lane = full(WhenFull.DROP_OLDEST);
        assertThat(mailbox.put(lane, message(1, "c"), 1)).isEqualTo(Mailbox.Outcome.DROPPED_OLDEST);
        assertThat(takeAll()).containsExactly(up(1), message(1, "b"), message(1, "c"));
    }

    @Test
    void tellsThatALaneIsFullWhereTheChannelWantsToDisconnect() throws InterruptedException {
        assertThat(mailbox.put(full(WhenFull.DISCONNECT), message(1, "c"), 1)).isEqualTo(Mailbox.Outcome.FULL);
    }

    @Test
    void endsAfterTheControlEventsThatWaitWhenClosed() throws InterruptedException {
        Seat seat = mailbox.enter(up(1));
        mailbox.put(lane(seat, WhenFull.PAUSE_PEER), message(1, "a"), 1);
        mailbox.close(new Stopping());
        List<ReactorEvent> batch = new ArrayList<>();
        List<ReactorEvent> seen = new ArrayList<>();
        while (mailbox.take(batch)) {
            seen.addAll(batch);
        }
        assertThat(seen).containsExactly(up(1), new Stopping());
    }

    @Test
    @DisplayName("A-19: nothing follows the stop, whatever comes while a reactor is being stopped")
    void nothingFollowsTheStop() throws Exception {
        for (int round = 0; round < 200; round++) {
            Mailbox busy = new Mailbox();
            Lane lane = busy.lane(
                    busy.enter(up(1)),
                    ChannelDescriptor.of(7, "test", StringValue.parser()).withInbound(50, 1_000, WhenFull.DROP_OLDEST));
            Thread putter = Thread.ofVirtual().start(() -> {
                try {
                    while (busy.put(lane, message(1, "on and on"), 1) != Mailbox.Outcome.GONE) {
                        busy.tick("on and on");
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            Thread stopper = Thread.ofVirtual().start(() -> busy.close(new Stopping()));
            List<ReactorEvent> seen = new ArrayList<>();
            List<ReactorEvent> batch = new ArrayList<>();
            while (busy.take(batch)) {
                seen.addAll(batch);
            }
            putter.join();
            stopper.join();
            assertThat(seen).endsWith(new Stopping()).containsOnlyOnce(new Stopping());
        }
    }

    @Test
    @DisplayName("CH-05: as long as there is nothing, a reactor waits, and it wakes for the first event")
    void takingFromAnEmptyMailboxWaits() throws Exception {
        CompletableFuture<List<ReactorEvent>> taken = new CompletableFuture<>();
        Thread taker = takeInBackground(taken);
        awaitWaiting(taker);
        assertThat(taken).isNotDone();
        mailbox.post(new Tick("first"));
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
        mailbox.post(new Tick("next"));
        assertThat(takeAll()).containsExactly(new Tick("next"));
    }

    @Test
    @DisplayName(
            "CH-08: a reactor that took before and was interrupted since takes nothing more, though something is there")
    void anInterruptedReactorTakesNothingMore() throws Exception {
        mailbox.post(new Tick("one"));
        assertThat(takeAll()).containsExactly(new Tick("one"));
        mailbox.post(new Tick("two"));
        List<ReactorEvent> batch = new ArrayList<>();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> mailbox.take(batch)).isInstanceOf(InterruptedException.class);
        assertThat(batch).isEmpty();
        assertThat(takeAll()).containsExactly(new Tick("two"));
    }

    @Test
    @DisplayName(
            "JX-10 JX-41 A-08: nothing of a connection comes after the up-event of the next one of that peer, however much waited")
    void aConnectionIsOverBeforeTheNextOfThatPeerBegins() throws Exception {
        Seat old = mailbox.enter(up(1));
        Lane lane = lane(old, WhenFull.PAUSE_PEER);
        Lane another = mailbox.lane(
                old, ChannelDescriptor.of(8, "another", StringValue.parser()).withInbound(2, 100, WhenFull.PAUSE_PEER));
        mailbox.put(lane, message(1, "a"), 1);
        mailbox.put(another, message(1, "b"), 1);
        mailbox.put(lane, message(1, "c"), 1);
        mailbox.leave(old, Reason.CLOSED_BY_PEER, false);
        assertThat(mailbox.put(lane, message(1, "too late"), 1)).isEqualTo(Mailbox.Outcome.GONE);
        Seat next = mailbox.enter(up(2));
        mailbox.put(lane(next, WhenFull.PAUSE_PEER), message(2, "d"), 1);
        List<ReactorEvent> events = takeAll();
        assertThat(events.subList(1, 4))
                .containsExactlyInAnyOrder(message(1, "a"), message(1, "b"), message(1, "c"))
                .containsSubsequence(message(1, "a"), message(1, "c"));
        events.subList(1, 4).clear();
        assertThat(events).containsExactly(up(1), new PeerDown(ref(1), Reason.CLOSED_BY_PEER), up(2), message(2, "d"));
    }

    @Test
    @DisplayName(
            "JX-41: however connections of several peers come, talk and go, each peer's events stay in their order")
    void randomLivesKeepTheirOrder() throws Exception {
        for (int seed = 0; seed < 200; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Mailbox busy = new Mailbox();
            Lives lives = new Lives(busy, random);
            List<ReactorEvent> batch = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                lives.step();
                if (random.nextInt(6) == 0) {
                    busy.tick("more"); // so that there is something to take
                    busy.take(batch);
                    lives.check(batch);
                }
            }
            lives.leaveAll();
            busy.post(new Stopping());
            do {
                busy.take(batch);
                lives.check(batch);
            } while (!batch.contains(new Stopping()));
            busy.tick("rest");
            busy.take(batch);
            lives.check(batch);
        }
    }

    private Lane full(WhenFull whenFull) throws InterruptedException {
        Lane lane = lane(mailbox.enter(up(1)), whenFull);
        mailbox.put(lane, message(1, "a"), 1);
        mailbox.put(lane, message(1, "b"), 1);
        return lane;
    }

    private Lane lane(Seat seat, WhenFull whenFull) {
        return mailbox.lane(
                seat, ChannelDescriptor.of(7, "test", StringValue.parser()).withInbound(2, 100, whenFull));
    }

    private CompletableFuture<Mailbox.Outcome> putInBackground(Lane lane, Received<Message> message) {
        CompletableFuture<Mailbox.Outcome> outcome = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                outcome.complete(mailbox.put(lane, message, 1));
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
                mailbox.take(batch);
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

    /** Everything that waits; a last event of our own shows where it ends. */
    private List<ReactorEvent> takeAll() throws InterruptedException {
        List<ReactorEvent> seen = new ArrayList<>();
        List<ReactorEvent> batch = new ArrayList<>();
        ReactorEvent end = new Tick("end");
        mailbox.post(end);
        while (!seen.contains(end)) {
            mailbox.take(batch);
            seen.addAll(batch);
        }
        seen.remove(end);
        return seen;
    }

    private static PeerUp up(long connection) {
        NodeInfo info = NodeInfo.of(PEER, "net", "peer", "", "127.0.0.1:1", List.of(new ChannelId(7)));
        return new PeerUp(ref(connection), info, Direction.INBOUND, new LocalEndpoint("memory", "peer"));
    }

    private static PeerRef ref(long connection) {
        return new PeerRef(PEER, connection);
    }

    private static Received<Message> message(long connection, String text) {
        return new Received<>(ref(connection), new ChannelId(7), StringValue.of(text));
    }
}
