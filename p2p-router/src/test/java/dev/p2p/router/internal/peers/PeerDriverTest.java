package dev.p2p.router.internal.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.p2p.api.ChannelId;
import dev.p2p.api.Direction;
import dev.p2p.api.NetEndpoint;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeInfo;
import dev.p2p.api.PeerRef;
import dev.p2p.api.Reason;
import dev.p2p.api.store.Source;
import dev.p2p.router.internal.store.MemoryPeerStore;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** All peers depend on the one thread around the machine, so an input that the machine fails on costs only what it is about. */
@Timeout(60)
class PeerDriverTest {

    private final MoodyRandom random = new MoodyRandom();
    private final Noted noted = new Noted();
    private final PeerDriver driver = new PeerDriver(
            MachineRig.policy(8, 8), new MemoryPeerStore(), noted, () -> MachineRig.START, System::nanoTime, random);

    @BeforeEach
    void starts() throws Exception {
        driver.start();
    }

    @AfterEach
    void closes() {
        driver.close();
    }

    @Test
    void goesOnAfterAnInputOnWhichTheMachineFailed() throws Exception {
        Effect.Dial dial = learn(1);
        random.broken = true;
        driver.submit(new Input.DialFailed(dial.attempt(), Reason.DIAL_TIMEOUT, ""));
        random.awaitUse();
        random.broken = false;
        assertThat(learn(2).address()).isEqualTo(MachineRig.address(2));
    }

    @Test
    void refusesAConnectionOverWhichTheMachineFailed() throws Exception {
        Effect.Dial dial = learn(1);
        driver.wish(new Input.Wish.Ban(dial.address().id(), Duration.ofHours(1), "test"));
        random.broken = true;
        NodeInfo info = NodeInfo.of(dial.address().id(), "net", "peer", "", "0.0.0.0:26656", List.of(new ChannelId(0)));
        NetEndpoint remote = new NetEndpoint("tcp", MachineRig.ip(1), 26_656);
        driver.submit(new Input.Handshaken(dial.attempt(), info, Direction.OUTBOUND, remote));
        assertThat(noted.next()).isEqualTo(new Effect.Refuse(dial.attempt(), Reason.BANNED));
        assertThat(noted.next()).isEqualTo(new Effect.Refuse(dial.attempt(), Reason.INTERNAL_ERROR));
    }

    @Test
    void whoeverWaitsForAnAnswerLearnsThatTheMachineFailed() throws Exception {
        random.broken = true;
        NodeAddress address = MachineRig.address(1);
        Input.Wish add = new Input.Wish.Add(address, java.util.Set.of());
        assertThatThrownBy(() -> driver.wish(add))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no chance today");
    }

    private Effect.Dial learn(int number) throws InterruptedException {
        driver.submit(new Input.Learn(MachineRig.address(number), new Source.Operator()));
        return (Effect.Dial) noted.next();
    }

    /** Fails while it is broken, and tells that it was used. */
    private static final class MoodyRandom implements RandomGenerator {

        private final RandomGenerator sound = new SplittableRandom(5);
        private final BlockingQueue<Boolean> failures = new LinkedBlockingQueue<>();
        private volatile boolean broken;

        @Override
        public long nextLong() {
            if (broken) {
                failures.add(true);
                throw new IllegalStateException("no chance today");
            }
            return sound.nextLong();
        }

        void awaitUse() throws InterruptedException {
            assertThat(failures.poll(30, TimeUnit.SECONDS)).isNotNull();
        }
    }

    /** Keeps what is to be done with attempts. */
    private static final class Noted implements PeerActions {

        private final BlockingQueue<Effect> effects = new LinkedBlockingQueue<>();

        Effect next() throws InterruptedException {
            Effect next = effects.poll(30, TimeUnit.SECONDS);
            assertThat(next).isNotNull();
            return next;
        }

        @Override
        public void dial(long attempt, NodeAddress address) {
            effects.add(new Effect.Dial(attempt, address));
        }

        @Override
        public void refuse(long attempt, Reason reason) {
            effects.add(new Effect.Refuse(attempt, reason));
        }

        @Override
        public void proceed(long attempt) {}

        @Override
        public void admit(long attempt, PeerRef peer) {}

        @Override
        public void probe(PeerRef peer) {}

        @Override
        public void close(PeerRef peer, Reason reason) {}

        @Override
        public void release(PeerRef peer) {}
    }
}
