package dev.p2p.router.internal.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.p2p.api.Endpoint;
import dev.p2p.api.LocalEndpoint;
import dev.p2p.api.NetEndpoint;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Four unproven at a time, two of one origin, three of one origin altogether. */
@Timeout(60)
class DoorkeeperTest {

    private final AtomicLong now = new AtomicLong();
    private final Doorkeeper door =
            new Doorkeeper(new Doorkeeper.Limits(4, 2, 3, address -> address.isLoopbackAddress()), now::get);
    private long attempts;

    @Test
    void theOldestUnprovenOneMakesRoom() {
        for (int i = 1; i <= 4; i++) {
            assertThat(knock("192.0.2." + i).makesRoom()).isEmpty();
        }
        assertThat(knock("192.0.2.5").makesRoom()).containsExactly(1L);
        assertThat(knock("192.0.2.6").makesRoom()).containsExactly(2L);
    }

    @Test
    void whoHasProvenItselfMakesNoRoom() {
        ticket("192.0.2.1").proven();
        for (int i = 2; i <= 5; i++) {
            assertThat(knock("192.0.2." + i).makesRoom()).isEmpty();
        }
        assertThat(knock("192.0.2.6").makesRoom()).containsExactly(2L);
    }

    @Test
    void oneAddressHasFewUnprovenOnes() {
        ticket("192.0.2.1");
        Doorkeeper.Ticket second = ticket("192.0.2.1");
        assertThat(knock("192.0.2.1").ticket()).isNull();
        assertThat(knock("192.0.2.2").ticket()).isNotNull();
        second.proven();
        assertThat(knock("192.0.2.1").ticket()).isNotNull();
    }

    @Test
    void oneAddressHasFewConnectionsAltogether() {
        List<Doorkeeper.Ticket> live = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Doorkeeper.Ticket ticket = ticket("192.0.2.1");
            ticket.proven();
            live.add(ticket);
        }
        assertThat(knock("192.0.2.1").ticket()).isNull();
        live.getFirst().giveBack();
        assertThat(knock("192.0.2.1").ticket()).isNotNull();
    }

    @Test
    @DisplayName("CT-01 CT-02: a new door knows no origin, however much it lets in")
    void aNewDoorIsEmpty() {
        assertThat(door(10).origins()).isZero();
        assertThat(door(100).origins()).isZero();
    }

    @ParameterizedTest(name = "{displayName} ({0} of one origin)")
    @ValueSource(ints = {10, 100})
    @DisplayName("CT-03 CT-04: who comes a hundred times more is one origin, let in as often as one origin may be")
    void oneOriginIsCountedOnce(int most) {
        Doorkeeper wide = door(most);
        int letIn = 0;
        for (int i = 0; i <= 100; i++) {
            letIn += wide.knock(++attempts, from("127.1.2.3")).ticket() == null ? 0 : 1;
            assertThat(wide.origins()).isOne();
        }
        assertThat(letIn).isEqualTo(most);
    }

    @ParameterizedTest(name = "{displayName} ({0} of one origin)")
    @ValueSource(ints = {10, 100})
    @DisplayName("CT-05 CT-06: a hundred origins are a hundred, and each comes in")
    void manyOriginsAreCountedEach(int most) {
        Doorkeeper wide = door(most);
        for (int i = 1; i <= 100; i++) {
            assertThat(wide.knock(++attempts, from("127.0.0." + i)).ticket()).isNotNull();
            assertThat(wide.origins()).isEqualTo(i);
        }
    }

    @ParameterizedTest(name = "{displayName} ({0} of one origin)")
    @ValueSource(ints = {10, 100})
    @DisplayName("CT-07 CT-08: who comes and goes leaves nothing behind, proven or not, and always comes in")
    void whoComesAndGoesLeavesNothing(int most) {
        Doorkeeper wide = door(most);
        for (int i = 1; i <= 100; i++) {
            Doorkeeper.Ticket ticket =
                    wide.knock(++attempts, from("127.0.0." + i)).ticket();
            assertThat(ticket).isNotNull();
            if (i % 2 == 0) {
                ticket.proven();
            }
            ticket.giveBack();
            assertThat(wide.origins()).isZero();
        }
    }

    @Test
    @DisplayName("CT-11: the addresses of one /64 are one origin, and so are an IPv4 address and its mapped form")
    void halfAnIpv6AddressIsOneOrigin() {
        ticket("2001:db8:1:2::1");
        ticket("2001:db8:1:2:ffff::9");
        assertThat(knock("2001:db8:1:2::3").ticket()).isNull();
        assertThat(knock("2001:db8:1:3::1").ticket()).isNotNull();
        Doorkeeper another = door(2);
        assertThat(another.knock(++attempts, from("192.0.2.1")).ticket()).isNotNull();
        assertThat(another.knock(++attempts, from("::ffff:192.0.2.1")).ticket()).isNotNull();
        assertThat(another.knock(++attempts, from("192.0.2.1")).ticket()).isNull();
        assertThat(another.origins()).isOne();
    }

    @Test
    @DisplayName("CT-12: of a million origins the door knows those that are there, and no more than may be")
    void aMillionOriginsStayBounded() {
        Map<Long, Doorkeeper.Ticket> inside = new HashMap<>();
        for (int i = 1; i <= 1_000_000; i++) {
            byte[] ip = {10, (byte) (i >> 16), (byte) (i >> 8), (byte) i};
            Doorkeeper.Answer answer = door.knock(i, new NetEndpoint("tcp", address(ip), 1_000));
            answer.makesRoom().forEach(gone -> inside.remove(gone).giveBack());
            inside.put((long) i, Objects.requireNonNull(answer.ticket()));
            if (i % 3 == 0) {
                inside.remove((long) i).giveBack();
            }
            if (door.origins() > 4 || door.origins() != inside.size()) {
                throw new AssertionError(door.origins() + " origins after " + i);
            }
        }
        inside.values().forEach(Doorkeeper.Ticket::giveBack);
        assertThat(door.origins()).isZero();
    }

    @Test
    void whoIsExemptStillCountsAmongTheUnproven() {
        for (int i = 0; i < 4; i++) {
            assertThat(knock("127.0.0.1").makesRoom()).isEmpty();
        }
        assertThat(knock("127.0.0.1").makesRoom()).containsExactly(1L);
    }

    @Test
    void aPlaceWithoutAnAddressHasNoOrigin() {
        for (int i = 0; i < 4; i++) {
            assertThat(door.knock(++attempts, new LocalEndpoint("memory", "a")).ticket())
                    .isNotNull();
        }
    }

    @Test
    void whoMadeRoomAndThenEndsIsCountedOnce() {
        Doorkeeper.Ticket first = ticket("192.0.2.1");
        for (int i = 2; i <= 5; i++) {
            ticket("192.0.2." + i);
        }
        first.giveBack();
        ticket("192.0.2.1");
        assertThat(knock("192.0.2.1").ticket()).isNotNull();
        assertThat(knock("192.0.2.1").ticket()).isNull();
    }

    @Test
    void aCrowdWaitsOutsideWhileNobodyHasHadHisMoment() throws InterruptedException {
        for (int i = 1; i <= 4; i++) {
            door.awaitRoom();
            ticket("192.0.2." + i);
        }
        Thread waits = waitsOutside();
        now.addAndGet(Doorkeeper.SHORTEST_STAY.toNanos());
        waits.join();
        assertThat(knock("192.0.2.5").makesRoom()).containsExactly(1L);
    }

    @Test
    void aCrowdThatCameTogetherMakesRoomOneAfterTheOther() throws InterruptedException {
        for (int i = 1; i <= 4; i++) {
            ticket("192.0.2." + i);
        }
        now.addAndGet(Doorkeeper.SHORTEST_STAY.toNanos());
        door.awaitRoom();
        assertThat(knock("192.0.2.5").makesRoom()).containsExactly(1L);
        Thread waits = waitsOutside();
        now.addAndGet(Doorkeeper.SHORTEST_STAY.toNanos() / 4);
        waits.join();
        assertThat(knock("192.0.2.6").makesRoom()).containsExactly(2L);
    }

    @Test
    void whoWaitsOutsideComesInAsSoonAsSomebodyHasProvenItselfOrIsGone() throws InterruptedException {
        Doorkeeper.Ticket first = ticket("192.0.2.1");
        for (int i = 2; i <= 4; i++) {
            ticket("192.0.2." + i);
        }
        Thread waits = waitsOutside();
        first.proven();
        waits.join();
        Doorkeeper.Ticket fifth = ticket("192.0.2.5");
        waits = waitsOutside();
        fifth.giveBack();
        waits.join();
    }

    private Thread waitsOutside() {
        Thread waits = Thread.ofPlatform().start(() -> {
            try {
                door.awaitRoom();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        while (waits.getState() != Thread.State.TIMED_WAITING) {
            assertThat(waits.isAlive()).isTrue();
            Thread.onSpinWait();
        }
        return waits;
    }

    private Doorkeeper.Ticket ticket(String ip) {
        Doorkeeper.Ticket ticket = knock(ip).ticket();
        assertThat(ticket).isNotNull();
        return ticket;
    }

    private Doorkeeper.Answer knock(String ip) {
        return door.knock(++attempts, from(ip));
    }

    /** So many of one origin, and nobody is exempt. */
    private Doorkeeper door(int most) {
        return new Doorkeeper(new Doorkeeper.Limits(1_000, most, most, _ -> false), now::get);
    }

    private static Endpoint from(String ip) {
        return new NetEndpoint("tcp", InetAddress.ofLiteral(ip), 1_000);
    }

    private static InetAddress address(byte[] ip) {
        try {
            return InetAddress.getByAddress(ip);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
