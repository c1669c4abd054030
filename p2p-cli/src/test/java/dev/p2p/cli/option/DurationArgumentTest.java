package dev.p2p.cli.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.p2p.cli.output.Failure;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Times as people type them. */
class DurationArgumentTest {

    @ParameterizedTest
    @CsvSource({"500ms, PT0.5S", "30s, PT30S", "10m, PT10M", "2h, PT2H", "1d, PT24H", "999999999d, PT23999999976H"})
    void aTimeIsANumberWithAUnit(String text, Duration time) {
        assertThat(DurationArgument.parse("--for", text)).isEqualTo(time);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "30", "s", "0s", "000ms", "-1s", "1.5s", "30 s", "1w", "9999999999s", "1s1s", "٣s"})
    void anythingElseIsRefused(String text) {
        Failure failure = catchThrowableOfType(Failure.class, () -> DurationArgument.parse("--for", text));

        assertThat(failure).hasMessage("cannot use --for " + text);
        assertThat(failure.exitCode()).isEqualTo(2);
    }
}
