package dev.p2p.transport.tcp.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.p2p.api.Reason;
import dev.p2p.api.transport.TransportException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** When a ping is due and whose answer a pong is, with the times of a connection that began at 0. */
class RoundTripsTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long FIRST_PERIODIC = KeepAlive.STANDARD.pingEvery().toNanos();

    private final Liveness liveness = new Liveness(KeepAlive.STANDARD, 0);
    private final RoundTrips trips = liveness.roundTrips();

    @Test
    void aQuestionIsAPingAtOnceAndPutsThePeriodicOneOff() throws Exception {
        assertThat(liveness.takePingDue(SECOND)).isFalse();
        CompletionStage<Duration> asked = trips.ask();
        assertThat(trips.isAsked()).isTrue();
        assertThat(liveness.takePingDue(SECOND)).isTrue();
        liveness.pongReceived(3 * SECOND);
        assertThat(answer(asked)).isEqualTo(Duration.ofSeconds(2));
        assertThat(liveness.takePingDue(FIRST_PERIODIC)).isFalse();
        assertThat(liveness.takePingDue(FIRST_PERIODIC + SECOND)).isTrue();
    }

    @Test
    void aQuestionSharesThePeriodicPingThatIsOpen() throws Exception {
        assertThat(liveness.takePingDue(FIRST_PERIODIC)).isTrue();
        CompletionStage<Duration> asked = trips.ask();
        assertThat(trips.isAsked()).isFalse();
        assertThat(liveness.takePingDue(FIRST_PERIODIC + SECOND)).isFalse();
        liveness.pongReceived(FIRST_PERIODIC + 5 * SECOND);
        assertThat(answer(asked)).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void thePeriodicPingThatComesFirstIsTheOneThatWasAskedFor() throws Exception {
        CompletionStage<Duration> asked = trips.ask();
        assertThat(liveness.takePingDue(FIRST_PERIODIC)).isTrue();
        assertThat(liveness.takePingDue(FIRST_PERIODIC)).isFalse();
        liveness.pongReceived(FIRST_PERIODIC + SECOND);
        assertThat(answer(asked)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aThousandQuestionsAreOnePing() throws Exception {
        CompletionStage<Duration> first = trips.ask();
        for (int i = 0; i < 1_000; i++) {
            assertThat(trips.ask() == first).as("nothing grows").isTrue();
        }
        assertThat(liveness.takePingDue(0)).isTrue();
        trips.ask();
        assertThat(liveness.takePingDue(0)).isFalse();
        liveness.pongReceived(SECOND);
        assertThat(answer(first)).isEqualTo(Duration.ofSeconds(1));
        assertThat(trips.ask() == first).isFalse();
        assertThat(liveness.takePingDue(SECOND)).isTrue();
        assertThat(liveness.counters(0, 0).pingsSent()).isEqualTo(2);
    }

    @Test
    void aPongBeforeThePingIsWrittenAnswersNothing() throws Exception {
        CompletionStage<Duration> asked = trips.ask();
        liveness.pongReceived(SECOND);
        assertThat(trips.isAsked()).isTrue();
        assertThat(liveness.takePingDue(2 * SECOND)).isTrue();
        liveness.pongReceived(5 * SECOND);
        assertThat(answer(asked)).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void anUnansweredPingDoesNotStopThePeriodicOnesAndStaysTheMeasuredOne() throws Exception {
        CompletionStage<Duration> asked = trips.ask();
        assertThat(liveness.takePingDue(0)).isTrue();
        assertThat(liveness.takePingDue(FIRST_PERIODIC)).isTrue();
        liveness.pongReceived(FIRST_PERIODIC + SECOND);
        assertThat(answer(asked)).isEqualTo(Duration.ofNanos(FIRST_PERIODIC + SECOND));
    }

    @Test
    void afterTheEndEveryQuestionFailsAndNoneIsAskedOfTheWriter() {
        CompletionStage<Duration> asked = trips.ask();
        trips.end(Reason.SILENT);
        assertThat(trips.isAsked()).isFalse();
        CompletionStage<Duration> late = trips.ask();
        assertThat(trips.isAsked()).isFalse();
        for (CompletionStage<Duration> one : List.of(asked, late)) {
            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> answer(one))
                    .withCauseInstanceOf(TransportException.class)
                    .satisfies(end -> assertThat(((TransportException) end.getCause()).reason())
                            .isEqualTo(Reason.SILENT));
        }
    }

    private static Duration answer(CompletionStage<Duration> asked) throws Exception {
        return asked.toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
}
