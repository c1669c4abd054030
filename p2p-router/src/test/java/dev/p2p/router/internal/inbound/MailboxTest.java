package dev.p2p.router.internal.inbound;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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
        mailbox.post(new Stopping());
        mailbox.close();
        List<ReactorEvent> batch = new ArrayList<>();
        List<ReactorEvent> seen = new ArrayList<>();
        while (mailbox.take(batch)) {
            seen.addAll(batch);
        }
        assertThat(seen).containsExactly(up(1), new Stopping());
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
