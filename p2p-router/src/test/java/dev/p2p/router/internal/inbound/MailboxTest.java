package dev.p2p.router.internal.inbound;

import static dev.p2p.router.internal.inbound.MailboxRig.message;
import static dev.p2p.router.internal.inbound.MailboxRig.ref;
import static dev.p2p.router.internal.inbound.MailboxRig.up;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.p2p.api.Reason;
import dev.p2p.api.reactor.ChannelDescriptor;
import dev.p2p.api.reactor.ReactorEvent;
import dev.p2p.api.reactor.ReactorEvent.PeerDown;
import dev.p2p.api.reactor.ReactorEvent.Stopping;
import dev.p2p.api.reactor.ReactorEvent.Tick;
import dev.p2p.api.reactor.WhenFull;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** In which order a mailbox gives out what comes, and what becomes of that which does not fit. */
class MailboxTest {

    private final MailboxRig rig = new MailboxRig();

    @Test
    void deliversUpThenMessagesThenDown() throws InterruptedException {
        Seat seat = rig.enter();
        Lane lane = rig.lane(seat, WhenFull.PAUSE_PEER);
        rig.put(lane, message(1, "a"));
        rig.put(lane, message(1, "b"));
        rig.mailbox.leave(seat, Reason.CLOSED_BY_PEER, false);
        assertThat(rig.takeAll())
                .containsExactly(up(1), message(1, "a"), message(1, "b"), new PeerDown(ref(1), Reason.CLOSED_BY_PEER));
    }

    @Test
    void neverDeliversAMessageBeforeItsUpHoweverManyControlEventsWait() throws InterruptedException {
        for (int i = 0; i < 50; i++) {
            rig.mailbox.tick("timer-" + i);
        }
        Seat seat = rig.enter();
        rig.put(rig.lane(seat, WhenFull.PAUSE_PEER), message(1, "a"));
        List<ReactorEvent> events = rig.takeAll();
        assertThat(events.indexOf(up(1))).isLessThan(events.indexOf(message(1, "a")));
        assertThat(events).hasSize(52);
    }

    @Test
    void servesMessagesWhileControlEventsKeepComing() throws InterruptedException {
        Seat seat = rig.enter();
        rig.put(rig.lane(seat, WhenFull.PAUSE_PEER), message(1, "a"));
        for (int i = 0; i < 30; i++) {
            rig.mailbox.tick("timer-" + i);
        }
        assertThat(rig.takeAll().indexOf(message(1, "a"))).isLessThanOrEqualTo(9);
    }

    @Test
    void throwsAwayWhatWaitsWhenThisNodeWantsNoMore() throws InterruptedException {
        Seat seat = rig.enter();
        rig.put(rig.lane(seat, WhenFull.PAUSE_PEER), message(1, "a"));
        rig.mailbox.leave(seat, Reason.REPORTED, true);
        assertThat(rig.takeAll()).containsExactly(up(1), new PeerDown(ref(1), Reason.REPORTED));
    }

    @Test
    void tellsOfAPeerThatCameAndWentBeforeAnybodyLooked() throws InterruptedException {
        Seat seat = rig.enter();
        rig.mailbox.leave(seat, Reason.NETWORK_FAILURE, false);
        assertThat(rig.takeAll()).containsExactly(up(1), new PeerDown(ref(1), Reason.NETWORK_FAILURE));
    }

    @Test
    void coalescesATimerThatFiresTwice() throws InterruptedException {
        rig.mailbox.tick("t");
        rig.mailbox.tick("t");
        assertThat(rig.takeAll()).containsExactly(new Tick("t"));
        rig.mailbox.tick("t");
        assertThat(rig.takeAll()).containsExactly(new Tick("t"));
    }

    @Test
    void dropsTheNewestWhereTheChannelSaysSo() throws InterruptedException {
        Lane lane = rig.full(WhenFull.DROP_NEWEST);
        assertThat(rig.put(lane, message(1, "c"))).isEqualTo(Mailbox.Outcome.DROPPED_NEWEST);
        assertThat(rig.takeAll()).containsExactly(up(1), message(1, "a"), message(1, "b"));
    }

    @Test
    void dropsTheOldestWhereTheChannelSaysSo() throws InterruptedException {
        Lane lane = rig.full(WhenFull.DROP_OLDEST);
        assertThat(rig.put(lane, message(1, "c"))).isEqualTo(Mailbox.Outcome.DROPPED_OLDEST);
        assertThat(rig.takeAll()).containsExactly(up(1), message(1, "b"), message(1, "c"));
    }

    @Test
    void tellsThatALaneIsFullWhereTheChannelWantsToDisconnect() throws InterruptedException {
        assertThat(rig.put(rig.full(WhenFull.DISCONNECT), message(1, "c"))).isEqualTo(Mailbox.Outcome.FULL);
    }

    @Test
    void endsAfterTheControlEventsThatWaitWhenClosed() throws InterruptedException {
        Seat seat = rig.enter();
        rig.put(rig.lane(seat, WhenFull.PAUSE_PEER), message(1, "a"));
        rig.mailbox.close(new Stopping());
        List<ReactorEvent> batch = new ArrayList<>();
        List<ReactorEvent> seen = new ArrayList<>();
        while (rig.mailbox.take(batch)) {
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
    @DisplayName(
            "JX-10 JX-41 A-08: nothing of a connection comes after the up-event of the next one of that peer, however much waited")
    void aConnectionIsOverBeforeTheNextOfThatPeerBegins() throws Exception {
        Seat old = rig.enter();
        Lane lane = rig.lane(old, WhenFull.PAUSE_PEER);
        Lane another = rig.mailbox.lane(
                old, ChannelDescriptor.of(8, "another", StringValue.parser()).withInbound(2, 100, WhenFull.PAUSE_PEER));
        rig.put(lane, message(1, "a"));
        rig.put(another, message(1, "b"));
        rig.put(lane, message(1, "c"));
        rig.mailbox.leave(old, Reason.CLOSED_BY_PEER, false);
        assertThat(rig.put(lane, message(1, "too late"))).isEqualTo(Mailbox.Outcome.GONE);
        Seat next = rig.mailbox.enter(up(2));
        rig.put(rig.lane(next, WhenFull.PAUSE_PEER), message(2, "d"));
        List<ReactorEvent> events = rig.takeAll();
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
}
