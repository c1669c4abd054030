package dev.p2p.transport.tcp.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KeepAliveTest {

    @Test
    void withoutSettingsItIsTheStandard() {
        assertThat(KeepAlive.of(Map.of("max-packet-bytes", "2000"))).isEqualTo(KeepAlive.STANDARD);
    }

    @Test
    void looksOftenEnoughForTheShortestLimit() {
        KeepAlive quick = KeepAlive.of(Map.of("write-stall-limit-ms", "2000"));
        assertThat(quick.stalledAfter()).isEqualTo(Duration.ofSeconds(2));
        assertThat(quick.silentAfter()).isEqualTo(KeepAlive.STANDARD.silentAfter());
        assertThat(quick.checkEvery()).isEqualTo(Duration.ofMillis(200));
    }

    @Test
    void refusesWhatIsNoTime() {
        assertThatIllegalArgumentException().isThrownBy(() -> KeepAlive.of(Map.of("ping-interval-ms", "0")));
        assertThatIllegalArgumentException().isThrownBy(() -> KeepAlive.of(Map.of("ping-interval-ms", "often")));
    }
}
