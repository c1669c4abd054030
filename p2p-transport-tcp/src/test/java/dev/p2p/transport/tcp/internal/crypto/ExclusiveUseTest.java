package dev.p2p.transport.tcp.internal.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ExclusiveUseTest {

    private final AtomicInteger releases = new AtomicInteger();
    private final ExclusiveUse use = new ExclusiveUse(releases::incrementAndGet);

    @Test
    void refusesASecondUserUntilTheFirstLeaves() {
        use.enter();
        assertThatThrownBy(use::enter).isInstanceOf(IllegalStateException.class).hasMessage("in use by another thread");
        use.exit();
        use.enter();
    }

    @Test
    void releasesAtOnceWhenClosedIdle() {
        use.close();
        assertThat(releases).hasValue(1);
        assertThatThrownBy(use::enter).isInstanceOf(IllegalStateException.class).hasMessage("closed");
    }

    @Test
    void releasesWhenTheUserLeavesIfClosedMeanwhile() {
        use.enter();
        use.close();
        assertThat(releases).hasValue(0);
        assertThatThrownBy(use::enter).isInstanceOf(IllegalStateException.class).hasMessage("closed");
        use.exit();
        assertThat(releases).hasValue(1);
    }

    @Test
    void releasesOnceHoweverOftenItIsClosed() {
        use.enter();
        use.close();
        use.close();
        use.exit();
        use.close();
        assertThat(releases).hasValue(1);
    }
}
