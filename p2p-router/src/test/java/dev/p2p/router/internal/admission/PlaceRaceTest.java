package dev.p2p.router.internal.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.p2p.api.Endpoint;
import dev.p2p.api.LocalEndpoint;
import dev.p2p.api.Reason;
import dev.p2p.api.transport.TransportException;
import dev.p2p.router.StagedTransport;
import dev.p2p.router.StagedTransport.Staged;
import dev.p2p.router.internal.Threads;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several places of one address. Whoever waits for the head start here waits for nothing else, so it is either none or endless. */
@Timeout(60)
class PlaceRaceTest {

    private static final Endpoint FIRST = new LocalEndpoint("memory", "first");
    private static final Endpoint SECOND = new LocalEndpoint("memory", "second");
    private static final Endpoint THIRD = new LocalEndpoint("memory", "third");
    private static final Duration LIMIT = Duration.ofHours(1);
    private static final Duration ENDLESS = Duration.ofDays(1);
    private static final Duration NONE = Duration.ZERO;

    private final StagedTransport transport = new StagedTransport();
    private final Threads threads = new Threads();

    @AfterEach
    void leavesNoThreadAndNoConnectionThatNobodyHas() throws InterruptedException {
        assertThat(threads.join("", Duration.ofSeconds(30)))
                .as("alive: %s", threads.names())
                .isTrue();
    }

    @Test
    @DisplayName("W18: one place alone is dialed by the caller itself, and fails as it fails")
    void onePlaceIsNoRace() throws Exception {
        transport.connects(FIRST);
        assertThat(race(NONE, FIRST).run().remote()).isEqualTo(FIRST);
        transport.fails(SECOND, refused("second"));
        assertThatThrownBy(() -> race(NONE, SECOND).run()).hasMessage("second");
        assertThat(threads.names()).isEmpty();
    }

    @Test
    @DisplayName("W18: whoever connects within its head start is the only one that is dialed")
    void aQuickFirstPlaceIsTheOnlyOne() throws Exception {
        Staged first = transport.hangs(FIRST);
        CompletableFuture<Staged> run = inBackground(race(ENDLESS, FIRST, SECOND));
        first.awaitDialed();
        first.connect();
        assertThat(result(run)).isSameAs(first);
        assertThat(threads.join("", Duration.ofSeconds(30))).isTrue();
        assertThat(transport.dialed()).containsExactly(FIRST);
        assertThat(first.closed()).isFalse();
    }

    @Test
    @DisplayName("W18: the next place begins as soon as the one before has failed, whatever is left of its head start")
    void theNextBeginsWhenTheOneBeforeFails() throws Exception {
        transport.fails(FIRST, refused("first"));
        transport.fails(SECOND, refused("second"));
        transport.connects(THIRD);
        assertThat(race(ENDLESS, FIRST, SECOND, THIRD).run().remote()).isEqualTo(THIRD);
        assertThat(transport.dialed()).containsExactly(FIRST, SECOND, THIRD);
    }

    @Test
    @DisplayName(
            "W18: the next place begins after the head start, and the first that connects wins over those before it")
    void theNextBeginsAfterTheHeadStart() throws Exception {
        Staged first = transport.hangs(FIRST);
        Staged second = transport.hangs(SECOND);
        CompletableFuture<Staged> run = inBackground(race(NONE, FIRST, SECOND));
        first.awaitDialed();
        second.awaitDialed();
        second.connect();
        assertThat(result(run)).isSameAs(second);
        assertThat(second.closed()).isFalse();
        first.awaitInterrupted();
    }

    @Test
    @DisplayName("W18: a connection that comes when another has won is closed, also where the dial cannot be ended")
    void aLateConnectionIsClosed() throws Exception {
        Staged first = transport.hangs(FIRST).deaf();
        Staged second = transport.hangs(SECOND);
        CompletableFuture<Staged> run = inBackground(race(NONE, FIRST, SECOND));
        first.awaitDialed();
        second.awaitDialed();
        second.connect();
        assertThat(result(run)).isSameAs(second);
        first.connect();
        first.awaitClosed();
        assertThat(second.closed()).isFalse();
    }

    @Test
    @DisplayName("W18: of two that connect at once one wins and the other is closed, however they meet")
    void ofTwoAtOnceOneIsClosed() throws Exception {
        for (int round = 0; round < 200; round++) {
            StagedTransport both = new StagedTransport();
            Staged first = both.hangs(FIRST);
            Staged second = both.hangs(SECOND);
            CompletableFuture<Staged> run =
                    inBackground(new PlaceRace(both, List.of(FIRST, SECOND), LIMIT, threads, NONE));
            first.awaitDialed();
            second.awaitDialed();
            Thread other = Thread.ofVirtual().start(second::connect);
            first.connect();
            Staged winner = result(run);
            Staged loser = winner == first ? second : first;
            other.join();
            assertThat(threads.join("", Duration.ofSeconds(30))).isTrue();
            assertThat(winner.closed()).isFalse();
            assertThat(loser.closed() || loser.interrupted()).isTrue();
        }
    }

    @Test
    @DisplayName("W18: when all have failed, the last failure is the race's")
    void whenAllFailTheLastFailureCounts() throws Exception {
        Staged first = transport.hangs(FIRST);
        Staged second = transport.hangs(SECOND);
        CompletableFuture<Staged> run = inBackground(race(NONE, FIRST, SECOND));
        first.awaitDialed();
        second.awaitDialed();
        second.fail(refused("second"));
        assertThat(threads.join("p2p-dial-" + SECOND, Duration.ofSeconds(30))).isTrue();
        first.fail(refused("first, but later"));
        assertThatThrownBy(() -> result(run))
                .isInstanceOfSatisfying(
                        TransportException.class, e -> assertThat(e.reason()).isEqualTo(Reason.CONNECTION_REFUSED))
                .hasMessage("first, but later");
    }

    @Test
    @DisplayName("W18: a mistake of the transport counts as a failure, and the next place is tried")
    void aMistakeOfTheTransportIsAFailure() throws Exception {
        transport.fails(FIRST, new IllegalStateException("a mistake"));
        transport.connects(SECOND);
        assertThat(race(ENDLESS, FIRST, SECOND).run().remote()).isEqualTo(SECOND);
    }

    @Test
    @DisplayName("W18: an interrupt ends the race and every dial of it, and closes what connects all the same")
    void anInterruptEndsEverything() throws Exception {
        Staged first = transport.hangs(FIRST);
        Staged second = transport.hangs(SECOND).deaf();
        CompletableFuture<Staged> run = new CompletableFuture<>();
        Thread racing = start(race(NONE, FIRST, SECOND), run);
        first.awaitDialed();
        second.awaitDialed();
        racing.interrupt();
        assertThatThrownBy(() -> result(run)).isInstanceOf(InterruptedException.class);
        first.awaitInterrupted();
        second.connect();
        second.awaitClosed();
    }

    private PlaceRace race(Duration headStart, Endpoint... places) {
        return new PlaceRace(transport, List.of(places), LIMIT, threads, headStart);
    }

    private static CompletableFuture<Staged> inBackground(PlaceRace race) {
        CompletableFuture<Staged> outcome = new CompletableFuture<>();
        start(race, outcome);
        return outcome;
    }

    private static Thread start(PlaceRace race, CompletableFuture<Staged> outcome) {
        return Thread.ofVirtual().start(() -> {
            try {
                outcome.complete((Staged) race.run());
            } catch (IOException | InterruptedException | RuntimeException e) {
                outcome.completeExceptionally(e);
            }
        });
    }

    private static Staged result(CompletableFuture<Staged> run) throws Exception {
        try {
            return run.get(30, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private static TransportException refused(String message) {
        return new TransportException(Reason.CONNECTION_REFUSED, message);
    }
}
