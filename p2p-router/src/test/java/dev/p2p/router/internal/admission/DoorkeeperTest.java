package dev.p2p.router.internal.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.p2p.api.Endpoint;
import dev.p2p.api.LocalEndpoint;
import dev.p2p.api.NetEndpoint;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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
    void halfAnIpv6AddressIsOneOrigin() {
        ticket("2001:db8:1:2::1");
        ticket("2001:db8:1:2:ffff::9");
        assertThat(knock("2001:db8:1:2::3").ticket()).isNull();
        assertThat(knock("2001:db8:1:3::1").ticket()).isNotNull();
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
        Endpoint remote = new NetEndpoint("tcp", InetAddress.ofLiteral(ip), 1_000);
        return door.knock(++attempts, remote);
    }
}
