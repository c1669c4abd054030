package dev.p2p.router.internal.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.p2p.api.Endpoint;
import dev.p2p.api.LocalEndpoint;
import dev.p2p.api.transport.Connection;
import dev.p2p.api.transport.HandshakeRequest;
import dev.p2p.api.transport.Listener;
import dev.p2p.api.transport.ListenerClosedException;
import dev.p2p.api.transport.PendingConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Accepting on a listener that fails: the loop runs on the test's thread, and time passes only where it rests. */
class AcceptLoopTest {

    private static final Duration LONGEST = Duration.ofSeconds(1);

    private final ArrayDeque<Throwable> failures = new ArrayDeque<>();
    private final List<Long> knocked = new ArrayList<>();
    private final List<Duration> rests = new ArrayList<>();
    private final List<String> logged = new ArrayList<>();
    private long nanos = Long.MAX_VALUE - 1_000_000;
    private long attempts;
    private int accepts;

    @Test
    @DisplayName("RT-16a: a listener that is closed is asked once, and that is all")
    void aClosedListenerEndsTheLoop() {
        run();
        assertThat(accepts).isOne();
        assertThat(rests).isEmpty();
        assertThat(logged).isEmpty();
    }

    @Test
    @DisplayName("RT-16d JX-49: while accepting fails, the pause doubles from 5 ms up to a second and stays there")
    void thePauseGrowsUpToItsBound() {
        failures.addAll(Collections.nCopies(12, tooManyOpenFiles()));
        run();
        assertThat(rests.subList(0, 8))
                .extracting(Duration::toMillis)
                .containsExactly(5L, 10L, 20L, 40L, 80L, 160L, 320L, 640L);
        assertThat(rests.subList(8, 12)).containsOnly(LONGEST);
        assertThat(knocked).isEmpty();
    }

    @Test
    @DisplayName("RT-16d JX-49: whoever is accepted ends the trouble: the next failure costs the shortest pause again")
    void aSuccessEndsTheTrouble() {
        failures.addAll(Collections.nCopies(5, tooManyOpenFiles()));
        failures.add(new Accepted());
        failures.add(tooManyOpenFiles());
        failures.add(new Accepted());
        run();
        assertThat(rests).extracting(Duration::toMillis).containsExactly(5L, 10L, 20L, 40L, 80L, 5L);
        assertThat(knocked).containsExactly(1L, 2L);
    }

    @Test
    @DisplayName("RT-16d: a transport that throws what it must not is outlived as well")
    void aProgrammingErrorDoesNotEndTheLoop() {
        failures.add(new IllegalStateException("a mistake in a transport"));
        failures.add(new Accepted());
        failures.add(new OutOfMemoryError("no thread for another connection"));
        failures.add(new Accepted());
        run();
        assertThat(knocked).containsExactly(1L, 2L);
    }

    @Test
    @DisplayName("JX-49: a storm of failures is logged once in ten seconds, with how many there were")
    void aStormIsNotLoggedFailureByFailure() {
        failures.addAll(Collections.nCopies(600, tooManyOpenFiles()));
        run();
        long seconds = rests.stream().mapToLong(Duration::toMillis).sum() / 1_000;
        assertThat(seconds).isGreaterThan(500);
        assertThat(logged).hasSizeBetween(2, (int) seconds / 10 + 1);
        assertThat(logged.getFirst()).contains("1 times");
        assertThat(logged.get(5)).contains("10 times");
    }

    @Test
    @DisplayName("RT-16b RT-16c: an interrupt ends the loop, also while it rests")
    void anInterruptEndsTheRest() {
        failures.addAll(Collections.nCopies(3, tooManyOpenFiles()));
        new AcceptLoop(
                        new FailingListener(),
                        new OpenDoor(),
                        () -> ++attempts,
                        pause -> {
                            throw new InterruptedException();
                        },
                        new AcceptTrouble(() -> nanos, (what, why) -> logged.add(what)))
                .run();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(failures).hasSize(2);
    }

    private void run() {
        new AcceptLoop(
                        new FailingListener(),
                        new OpenDoor(),
                        () -> ++attempts,
                        pause -> {
                            rests.add(pause);
                            nanos += pause.toNanos();
                        },
                        new AcceptTrouble(() -> nanos, (what, why) -> logged.add(what)))
                .run();
    }

    private static IOException tooManyOpenFiles() {
        return new IOException("too many open files");
    }

    /** Stands for a connection in the list of failures. */
    private static final class Accepted extends Exception {

        private static final long serialVersionUID = 1;
    }

    private final class OpenDoor implements AcceptLoop.Door {

        @Override
        public void awaitRoom() {}

        @Override
        public void knocked(long attempt, PendingConnection pending) {
            knocked.add(attempt);
        }
    }

    /** Fails as told, then is closed. */
    private final class FailingListener implements Listener {

        @Override
        public Endpoint endpoint() {
            return new LocalEndpoint("memory", "here");
        }

        @Override
        public PendingConnection accept() throws IOException {
            accepts++;
            Throwable next = failures.poll();
            return switch (next) {
                case null -> throw new ListenerClosedException();
                case Accepted _ -> new Silent();
                case IOException e -> throw e;
                case RuntimeException e -> throw e;
                case Error e -> throw e;
                default -> throw new IllegalStateException(next);
            };
        }

        @Override
        public void close() {}
    }

    private static final class Silent implements PendingConnection {

        @Override
        public Endpoint local() {
            return new LocalEndpoint("memory", "here");
        }

        @Override
        public Endpoint remote() {
            return new LocalEndpoint("memory", "there");
        }

        @Override
        public Connection handshake(HandshakeRequest request) throws IOException {
            throw new IOException("never");
        }

        @Override
        public void close() {}
    }
}
