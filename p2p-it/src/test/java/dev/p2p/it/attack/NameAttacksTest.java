package dev.p2p.it.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.p2p.api.Reason;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Names that lead whoever looks them up to a server that does not answer. */
class NameAttacksTest {

    private static final int ATTACKS = 16;

    private static Siege siege;

    @BeforeAll
    static void besiege() throws IOException {
        siege = new Siege(builder -> {});
    }

    @AfterAll
    static void lift() {
        SlowNames.giveUp();
        siege.close();
    }

    /** The node may look them up when it dials, on the threads that it has for that. Whoever tells of them is let in meanwhile. */
    @Test
    void namesThatNobodyAnswersForHoldUpNoHandshake() throws IOException {
        AtomicInteger number = new AtomicInteger();
        siege.repels(
                Map.of(Reason.CLOSED_BY_PEER, ATTACKS),
                Set.of(Reason.UNKNOWN_HOST),
                () -> HostilePeer.dial(siege.place()),
                attacker -> {
                    String place = "n" + number.incrementAndGet() + SlowNames.SUFFIX + ":26656";
                    attacker.exchangeKeys().prove().stream(Wire.delimited(Wire.join(
                            attacker.info((byte) Siege.TALK),
                            new Wire().text(3, place).toBytes())));
                    attacker.readMessage();
                    attacker.stream(Wire.packet(
                            Siege.TALK, true, new Wire().text(1, "let in?").toBytes()));
                    attacker.readMessage();
                    attacker.close();
                });
        Await.until(() -> !SlowNames.askers().isEmpty(), () -> "the node to dial one of the names");
        assertThat(SlowNames.askers()).allMatch(thread -> thread.startsWith("p2p-resolver-"));
    }
}
