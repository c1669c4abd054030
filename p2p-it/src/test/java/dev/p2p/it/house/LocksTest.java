package dev.p2p.it.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the router does while it holds a lock, on every way through its code: nothing that could wait or call back. */
class LocksTest {

    private static final Set<String> OF_THE_PLATFORM = Set.of(
            "java/lang/Runnable",
            "java/lang/System$Logger",
            "java/time/InstantSource",
            "java/util/concurrent/Callable",
            "java/util/concurrent/CountDownLatch",
            "java/util/concurrent/ExecutorService",
            "java/util/concurrent/Future",
            "java/util/concurrent/ScheduledExecutorService");

    private static final Set<String> COMPLETES_OR_WAITS =
            Set.of("complete", "completeExceptionally", "cancel", "get", "join", "orTimeout");

    /** Which addresses are exempt from limits, a comparison of numbers, and the platform's monotonic clock. */
    private static final Set<String> HARMLESS = Set.of(
            "Doorkeeper#knock calls Predicate#test",
            "Doorkeeper#knock calls LongSupplier#getAsLong",
            "Doorkeeper#awaitRoom calls LongSupplier#getAsLong");

    /** A mailbox's lock under a link's list of seats, always in this order. */
    private static final Set<String> NESTED =
            Set.of("Link#seat calls ReentrantLock#lock", "Link#leaveSeats calls ReentrantLock#lock");

    private final UnderLock code;

    LocksTest() throws IOException {
        code = new UnderLock(House.root().resolve("p2p-router/target/classes"));
    }

    @Test
    @DisplayName(
            "JX-53 A-21: no plug-in, reactor, codec, store, listener or other callback is called, and nothing waits, under a lock")
    void nothingForeignIsCalledUnderALock() {
        assertThat(said(code.reached().stream()
                        .filter(reached -> isForeign(reached.called()))
                        .toList()))
                .isEqualTo(new TreeSet<>(HARMLESS));
    }

    @Test
    @DisplayName("JX-53: no lock is taken under another, except for a mailbox's under the list of seats")
    void locksAreNotNested() {
        assertThat(said(code.reached().stream()
                        .filter(reached -> reached.called().takesLock())
                        .toList()))
                .isEqualTo(new TreeSet<>(NESTED));
    }

    @Test
    @DisplayName("A-21: the peer manager holds no lock: none is taken but by the queues around it")
    void thePeerManagerHoldsNoLock() {
        assertThat(code.holders().stream()
                        .map(holder -> holder.replaceFirst("[$#].*", ""))
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrder(
                        "Doorkeeper",
                        "DriverQueue",
                        "EventHub",
                        "Link",
                        "Mailbox",
                        "MemoryPeerStore",
                        "OutboundQueue",
                        "PlaceRace",
                        "ReassemblyBudget",
                        "Resolver",
                        "Router",
                        "StoreWriter");
    }

    private static Set<String> said(List<UnderLock.Reached> reached) {
        return reached.stream().map(UnderLock.Reached::toString).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether somebody else's code answers, or whoever calls may have to wait. */
    private static boolean isForeign(UnderLock.Call call) {
        String owner = call.owner();
        if (owner.startsWith("dev/p2p/")) {
            return isOpenInterface(owner);
        }
        return OF_THE_PLATFORM.contains(owner)
                || owner.startsWith("java/io/") && !call.method().equals("<init>")
                || owner.startsWith("java/nio/channels/")
                || (owner.startsWith("java/util/function/") && isOpenInterface(owner))
                || (owner.equals("java/util/concurrent/CompletableFuture")
                        && COMPLETES_OR_WAITS.contains(call.method()))
                || (owner.equals("java/lang/Thread") && Set.of("sleep", "join").contains(call.method()))
                || call.method().equals("wait") && owner.equals("java/lang/Object")
                || (owner.startsWith("java/util/concurrent/")
                        && Set.of("put", "take").contains(call.method()));
    }

    private static boolean isOpenInterface(String owner) {
        try {
            Class<?> type = Class.forName(owner.replace('/', '.'), false, LocksTest.class.getClassLoader());
            return type.isInterface() && !type.isSealed();
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
