package dev.p2p.router.internal.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.p2p.api.NodeId;
import dev.p2p.api.store.PeerRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Random lives of the machine. {@code -Dseed=} replays one, {@code -Dsteps=} makes it longer; the seed of a life that went wrong
 * stands in the failure.
 */
class PeerMachinePropertyTest {

    private static final int STEPS = Integer.getInteger("steps", 1_000_000);
    private static final int FULL_CHECK_EVERY = 1_000;

    private final long seed = Long.getLong("seed", ThreadLocalRandom.current().nextLong());

    @Test
    @DisplayName("JX-01 A-01..A-13: a million random inputs leave every invariant whole")
    void everyInvariantHoldsAfterEveryInput() {
        System.out.println("random life of the peer manager: -Dseed=" + seed + " -Dsteps=" + STEPS);
        RandomPeerWorld world = new RandomPeerWorld(RandomPeerWorld.policy(), seed);
        PeerMachineInvariants invariants = new PeerMachineInvariants(world.manager);
        invariants.wanted = 8;
        world.apply(new Input.Start());
        int step = 0;
        Input last = new Input.Start();
        try {
            for (; step < STEPS; step++) {
                last = world.next();
                world.apply(last);
                if (step % FULL_CHECK_EVERY == 0) {
                    invariants.check(world.now);
                } else {
                    invariants.checkCounts(world.now);
                }
            }
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("step " + step + " of -Dseed=" + seed + ", " + last + ": " + e.getMessage(), e);
        }
        assertThat(world.expired())
                .as("forgotten for their age; -Dseed=%s", seed)
                .isGreaterThan(STEPS / 10_000);
    }

    @Test
    @DisplayName("A-14: the same inputs, times and seed give the same effects")
    void theSameLifeTwiceIsTheSame() {
        RandomPeerWorld one = new RandomPeerWorld(RandomPeerWorld.policy(), seed);
        RandomPeerWorld other = new RandomPeerWorld(RandomPeerWorld.policy(), seed);
        one.apply(new Input.Start());
        other.apply(new Input.Start());
        for (int i = 0; i < 20_000; i++) {
            assertThat(one.step()).as("-Dseed=%s", seed).isEqualTo(other.step());
        }
        assertThat(one.manager.known()).as("-Dseed=%s", seed).isEqualTo(other.manager.known());
    }

    @Test
    @DisplayName("JX-02: left alone, it dials whatever may be dialed as long as a slot is free: no wake-up is lost")
    void leftAloneItDialsWhateverItCan() {
        RandomPeerWorld world = new RandomPeerWorld(RandomPeerWorld.policy(), seed);
        world.apply(new Input.Start());
        for (int life = 0; life < 50; life++) {
            for (int i = 0; i < 100; i++) {
                world.step();
            }
            Instant end = world.now.plus(Duration.ofMinutes(30));
            Optional<Instant> wake = world.manager.nextWake();
            int wakes = 0;
            while (wake.isPresent() && !wake.get().isAfter(end) && wakes++ < 5_000) {
                world.now = wake.get().isAfter(world.now) ? wake.get() : world.now.plusMillis(1);
                world.apply(new Input.Wake());
                wake = world.manager.nextWake();
            }
            PeerBook book = world.manager.book();
            boolean could = book.slots.outboundFree()
                    && book.schedule.best() != null
                    && book.connections.dialing() < book.policy.pace().maxDialing();
            assertThat(could).as("-Dseed=%s, life %s", seed, life).isFalse();
        }
    }

    @Test
    @DisplayName("JX-22 A-12: what was written brings back the same peers, bans and instants")
    void whatWasWrittenBringsBackTheSame() {
        RandomPeerWorld world = new RandomPeerWorld(RandomPeerWorld.policy(), seed);
        world.clockIsSet = false; // what a clock that was set back left in the future is cut on reading
        world.apply(new Input.Start());
        for (int life = 0; life < 20; life++) {
            for (int i = 0; i < 1_000; i++) {
                world.step();
            }
            assertThat(byId(world.manager.known())).as("-Dseed=%s", seed).isEqualTo(world.store());
            PeerManager next = world.restarted(RandomPeerWorld.policy());
            List<PeerRecord> kept = new ArrayList<>(next.known());
            assertThat(byId(kept)).as("-Dseed=%s", seed).isEqualTo(world.store());
            assertThat(next.bans(world.now))
                    .as("-Dseed=%s", seed)
                    .containsExactlyInAnyOrderElementsOf(world.manager.bans(world.now));
        }
    }

    private static Map<NodeId, PeerRecord> byId(List<PeerRecord> records) {
        Map<NodeId, PeerRecord> byId = new HashMap<>();
        records.forEach(record -> byId.put(record.id(), record));
        return byId;
    }
}
