package dev.p2p.transport.tcp.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.p2p.api.Reason;
import dev.p2p.api.transport.TransportException;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class FloodGuardTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final FloodGuard guard = new FloodGuard(0);

    @Test
    void onlyWhatMovesNothingIsIdle() {
        assertThat(FloodGuard.isIdle(0, false)).isTrue();
        assertThat(FloodGuard.isIdle(1, false)).isTrue();
        assertThat(FloodGuard.isIdle(1_023, false)).isFalse();
        assertThat(FloodGuard.isIdle(0, true)).as("an empty message").isFalse();
        assertThat(FloodGuard.isIdle(100, true)).as("a small message").isFalse();
    }

    @Test
    void tenThousandIdlePacketsASecondAreForgivenForEver() {
        assertThatCode(() -> {
                    for (int second = 1; second < 1_000; second++) {
                        guard.idle(10_000, second * SECOND);
                    }
                })
                .doesNotThrowAnyException();
    }

    @Test
    void twiceAsManyAreAFloodAfterAFewSeconds() throws Exception {
        guard.idle(20_000, SECOND);
        guard.idle(10_000, 2 * SECOND);
        refuses(() -> guard.idle(20_000, 3 * SECOND));
    }

    @Test
    void aHundredPingsAtOnceAreForgivenAndThenTenASecond() throws Exception {
        for (int i = 0; i < 100; i++) {
            guard.ping(0);
        }
        refuses(() -> guard.ping(0));
    }

    @Test
    void tenPingsASecondAreForgivenForEver() throws Exception {
        for (int i = 0; i < 10_000; i++) {
            guard.ping(i * SECOND / 10);
        }
    }

    private static void refuses(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        TransportException.class, e -> assertThat(e.reason()).isEqualTo(Reason.FLOOD));
    }
}
