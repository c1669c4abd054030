package dev.p2p.router.internal.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Three dials at once, one a second after that. */
class DialBudgetTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final DialBudget budget = new DialBudget(3, 1, NOON);

    @Test
    void tokensComeWithTimeAndNeverMoreThanTheBurst() {
        takeAll(NOON);
        assertThat(budget.availableAt(NOON.plusMillis(500))).isEqualTo(NOON.plusSeconds(1));
        assertThat(budget.available(NOON.plusMillis(999))).isFalse();
        assertThat(budget.available(NOON.plusSeconds(1))).isTrue();
        assertThat(taken(NOON.plusSeconds(100))).isEqualTo(3);
    }

    @Test
    void aClockThatIsSetBringsNoTokensAndTakesNoneAway() {
        for (Duration step : new Duration[] {Duration.ofDays(400), Duration.ofDays(-400)}) {
            DialBudget stepped = new DialBudget(3, 1, NOON);
            for (int i = 0; i < 3; i++) {
                stepped.take();
            }
            stepped.shift(step);
            Instant now = NOON.plus(step);
            assertThat(stepped.available(now)).isFalse();
            assertThat(stepped.availableAt(now)).isEqualTo(now.plusSeconds(1));
            assertThat(stepped.available(now.plusSeconds(1))).isTrue();
        }
    }

    private void takeAll(Instant now) {
        assertThat(taken(now)).isEqualTo(3);
    }

    private int taken(Instant now) {
        int taken = 0;
        while (budget.available(now)) {
            budget.take();
            taken++;
        }
        return taken;
    }
}
