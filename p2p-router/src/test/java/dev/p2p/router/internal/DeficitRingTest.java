package dev.p2p.router.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeficitRingTest {

    private static final class Backlog extends DeficitRing.Flow {

        private long pieces;

        Backlog(int priority, long pieces) {
            super(priority);
            this.pieces = pieces;
        }

        @Override
        protected boolean hasWork() {
            return pieces > 0;
        }
    }

    private final DeficitRing<Backlog> ring = new DeficitRing<>();

    @Test
    void servesFlowsInProportionToTheirPriorities() {
        Backlog low = new Backlog(1, 1_000_000);
        Backlog high = new Backlog(9, 1_000_000);
        ring.add(low);
        ring.add(high);
        Map<Backlog, Long> bytes = serve(10_000, 1_024);
        assertThat((double) bytes.get(high) / bytes.get(low)).isBetween(8.9, 9.1);
    }

    @Test
    void countsBytesAndNotPieces() {
        Backlog small = new Backlog(1, 1_000_000);
        Backlog large = new Backlog(1, 1_000_000);
        ring.add(small);
        ring.add(large);
        long smallBytes = 0;
        long largeBytes = 0;
        for (int i = 0; i < 100_000; i++) {
            Backlog flow = ring.current();
            assertThat(flow).isNotNull();
            long length = flow == small ? 10 : 100_000;
            flow.pieces--;
            ring.served(flow, length);
            smallBytes += flow == small ? length : 0;
            largeBytes += flow == large ? length : 0;
        }
        assertThat((double) largeBytes / smallBytes).isBetween(0.8, 1.25);
    }

    @Test
    void givesANewcomerItsTurnAfterOneTurnOfABusyFlow() {
        Backlog bulk = new Backlog(1, 1_000_000);
        Backlog urgent = new Backlog(10, 1);
        ring.add(bulk);
        serve(1_000, 1_024);
        ring.add(urgent);
        int overtaken = 0;
        while (ring.current() != urgent) {
            ring.served(bulk, 1_024);
            overtaken++;
        }
        assertThat(overtaken).isLessThanOrEqualTo(1);
    }

    @Test
    void forgetsAFlowWithoutWork() {
        Backlog once = new Backlog(1, 1);
        ring.add(once);
        once.pieces = 0;
        ring.served(once, 10);
        assertThat(ring.current()).isNull();
    }

    @Test
    void servesALoneFlowThatOverdrewItsAllowance() {
        Backlog alone = new Backlog(1, 10);
        ring.add(alone);
        ring.served(alone, 10_000_000);
        assertThat(ring.current()).isSameAs(alone);
    }

    private Map<Backlog, Long> serve(int pieces, long bytesEach) {
        Map<Backlog, Long> bytes = new HashMap<>();
        for (int i = 0; i < pieces; i++) {
            Backlog flow = ring.current();
            assertThat(flow).isNotNull();
            flow.pieces--;
            ring.served(flow, bytesEach);
            bytes.merge(flow, bytesEach, Long::sum);
        }
        return bytes;
    }
}
