package dev.p2p.cli.ping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.p2p.cli.dial.Interruption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A series of pings: how it counts, ends, and what it says at the end. */
class PingSeriesTest {

    private static final Duration AT_ONCE = Duration.ofNanos(1);

    private final Interruption interruption = Interruption.listen();
    private final List<PingAnswer> shown = new ArrayList<>();

    @Test
    void aSeriesEndsAfterItsCountWithTheStatistics() {
        PingSeries series = new PingSeries(4, AT_ONCE, interruption);
        long[] millis = {0, 12, 10, 11, 11};
        assertThat(series.run(number -> answer(number, millis[number]), shown::add))
                .isZero();
        assertThat(shown).extracting(PingAnswer::number).containsExactly(1, 2, 3, 4);
        assertThat(series.statistics().line())
                .isEqualTo("4 sent, 4 answered, loss 0%   pong min/avg/max/sd 10.0/11.0/12.0/0.7 ms");
        interruption.close();
    }

    @Test
    void whatIsNotAnsweredIsLost() {
        PingSeries series = new PingSeries(3, AT_ONCE, interruption);
        assertThat(series.run(number -> number == 2 ? answer(2, 5) : nothing(number), shown::add))
                .isZero();
        assertThat(series.statistics().line())
                .isEqualTo("3 sent, 1 answered, loss 66.7%   pong min/avg/max/sd 5.00/5.00/5.00/0.00 ms");
        interruption.close();
    }

    @Test
    void noAnswerAtAllIsExitCodeFour() {
        PingSeries series = new PingSeries(2, AT_ONCE, interruption);
        assertThat(series.run(PingSeriesTest::nothing, shown::add)).isEqualTo(4);
        assertThat(series.statistics().line()).isEqualTo("2 sent, 0 answered, loss 100%");
        interruption.close();
    }

    @Test
    void anInterruptEndsAnEndlessSeriesInOrder() {
        PingSeries series = new PingSeries(0, Duration.ofHours(1), interruption);
        int code = series.run(number -> answer(number, 3), answer -> interruption.ask());
        assertThat(code).isZero();
        assertThat(series.statistics().sent()).isEqualTo(1);
        interruption.close();
    }

    @Test
    void anInterruptCutsACountedSeriesShort() {
        PingSeries series = new PingSeries(5, Duration.ofHours(1), interruption);
        assertThat(series.run(number -> answer(number, 3), answer -> interruption.ask()))
                .isEqualTo(130);
        assertThat(series.statistics().line()).startsWith("1 sent, 1 answered");
        interruption.close();
    }

    @Test
    void anInterruptDoesNotWaitForTheAnswerThatIsUnderWay() {
        CountDownLatch never = new CountDownLatch(1);
        PingSeries series = new PingSeries(0, AT_ONCE, interruption);
        int code = series.run(
                number -> {
                    interruption.ask();
                    never.await();
                    return nothing(number);
                },
                shown::add);
        assertThat(code).isEqualTo(4);
        assertThat(series.statistics().sent()).isZero();
        interruption.close();
    }

    private static PingAnswer answer(int number, long millis) {
        return new PingAnswer(
                number, OptionalLong.empty(), OptionalLong.empty(), OptionalLong.of(millis * 1_000_000), "");
    }

    private static PingAnswer nothing(int number) {
        return new PingAnswer(number, OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), "gone");
    }
}
