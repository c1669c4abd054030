package dev.p2p.it.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.p2p.api.NodeKey;
import dev.p2p.api.Reason;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Whoever the node dials is not who it should be. */
class ImpostorAttacksTest {

    @Test
    void somebodyElseAnswersAndLearnsNothingOfTheNode() throws Exception {
        AtomicInteger told = new AtomicInteger();
        try (Traps traps = new Traps();
                Siege siege = new Siege(traps::bait)) {
            siege.repels(Map.of(Reason.WRONG_ID, Traps.COUNT), Traps.DIALS_IN_VAIN, traps::impostor, impostor -> {
                impostor.exchangeKeys().prove();
                impostor.readMessage();
                told.incrementAndGet();
            });
            assertThat(told).as("times that the node told of itself").hasValue(0);
            assertThat(siege.node().peers().connected()).hasSize(1);
        }
    }

    @Test
    @DisplayName("RT-18b: who answers a dial without a key is refused")
    void whoAnswersWithoutAKeyIsRefused() throws Exception {
        answers(
                Reason.HANDSHAKE_FAILED,
                friend -> friend.exchangeKeys().stream(
                        Wire.delimited(new Wire().bytes(2, friend.signature()).toBytes())));
    }

    @Test
    @DisplayName(
            "RT-18c: who answers a dial with the key that is wanted, and then tells of himself as somebody else, is refused")
    void whoAnswersUnderTwoNamesIsRefused() throws Exception {
        String other = NodeKey.generate(new SecureRandom()).id().toString();
        answers(
                Reason.INVALID_NODE_INFO,
                friend -> friend.exchangeKeys().prove().stream(Wire.delimited(Wire.join(
                        friend.info((byte) Siege.TALK),
                        new Wire().text(2, other).toBytes()))));
    }

    private static void answers(Reason reason, Siege.Attack answer) throws Exception {
        try (Traps traps = new Traps();
                Siege siege = new Siege(traps::bait)) {
            siege.repels(Map.of(reason, Traps.COUNT), Traps.DIALS_IN_VAIN, traps::friend, answer);
            assertThat(siege.node().peers().connected()).hasSize(1);
        }
    }

    /** Both of the node's ends see their own identity; whichever sees it first closes before the other has. */
    @Test
    void aRelayLeadsTheNodeToItself() throws Exception {
        try (Traps traps = new Traps();
                Siege siege = new Siege(traps::bait)) {
            Set<Reason> ofBothEnds =
                    Set.of(Reason.SELF, Reason.CLOSED_BY_PEER, Reason.NETWORK_FAILURE, Reason.CONNECTION_REFUSED);
            siege.repels(
                    Map.of(Reason.SELF, Traps.COUNT), ofBothEnds, traps::friend, relay -> relay.relay(siege.place()));
            assertThat(siege.node().peers().connected()).hasSize(1);
        }
    }
}
