package dev.p2p.it.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.api.NodeKey;
import dev.p2p.api.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.SecureRandom;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Whoever the node dials is not who it should be. */
class ImpostorAttacksTest {

    @Test
    void somebodyElseAnswersAndLearnsNothingOfTheNode() throws Exception {
        NodeId wanted = NodeKey.generate(new SecureRandom()).id();
        try (ServerSocket trap = trap();
                Siege siege = new Siege(builder -> builder.persistentPeer(address(wanted, trap)))) {
            Map<Reason, Long> endings = siege.node().endings();
            try (HostilePeer impostor = HostilePeer.answer(trap.accept(), NodeKey.generate(new SecureRandom()))) {
                impostor.exchangeKeys().prove();
                siege.awaitEndings(endings, Reason.WRONG_ID, 1);
                assertThat(readsNothingMore(impostor)).isTrue();
            }
            siege.awaitTalk();
            assertThat(siege.node().peers().connected()).hasSize(1);
        }
    }

    @Test
    @DisplayName("RT-18b: who answers a dial without a key is refused")
    void whoAnswersWithoutAKeyIsRefused() throws Exception {
        answers(
                Reason.HANDSHAKE_FAILED,
                (impostor, wanted) -> impostor.exchangeKeys().stream(
                        Wire.delimited(new Wire().bytes(2, impostor.signature()).toBytes())));
    }

    @Test
    @DisplayName("RT-18c: who answers a dial with the key that is wanted, but cannot sign with it, is refused")
    void whoAnswersWithAKeyOfAnotherIsRefused() throws Exception {
        answers(
                Reason.BAD_SIGNATURE,
                (impostor, wanted) -> impostor.exchangeKeys().stream(
                        Wire.delimited(Wire.proof(wanted.publicKeyBytes(), impostor.signature()))));
    }

    private interface Answer {
        void give(HostilePeer impostor, NodeKey wanted) throws IOException;
    }

    private static void answers(Reason reason, Answer answer) throws Exception {
        NodeKey wanted = NodeKey.generate(new SecureRandom());
        try (ServerSocket trap = trap();
                Siege siege = new Siege(builder -> builder.persistentPeer(address(wanted.id(), trap)))) {
            Map<Reason, Long> endings = siege.node().endings();
            try (HostilePeer impostor = HostilePeer.answer(trap.accept(), NodeKey.generate(new SecureRandom()))) {
                answer.give(impostor, wanted);
                siege.awaitEndings(endings, reason, 1);
                impostor.awaitEnd();
            }
            siege.awaitTalk();
            assertThat(siege.node().peers().connected()).hasSize(1);
        }
    }

    @Test
    void aRelayLeadsTheNodeToItself() throws Exception {
        NodeId wanted = NodeKey.generate(new SecureRandom()).id();
        try (ServerSocket trap = trap();
                Siege siege = new Siege(builder -> builder.persistentPeer(address(wanted, trap)))) {
            Map<Reason, Long> endings = siege.node().endings();
            try (Socket dialed = trap.accept();
                    Socket back = new Socket(siege.place().ip(), siege.place().port())) {
                Thread there = Thread.ofVirtual().start(() -> pump(dialed, back));
                Thread andBack = Thread.ofVirtual().start(() -> pump(back, dialed));
                siege.awaitEndings(endings, Reason.SELF, 1);
                there.join();
                andBack.join();
            }
            siege.awaitTalk();
            assertThat(siege.node().peers().connected()).hasSize(1);
        }
    }

    private static boolean readsNothingMore(HostilePeer impostor) {
        try {
            impostor.readMessage();
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private static ServerSocket trap() throws IOException {
        return new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
    }

    private static NodeAddress address(NodeId id, ServerSocket trap) {
        return NodeAddress.parse("tcp://" + id + "@127.0.0.1:" + trap.getLocalPort());
    }

    private static void pump(Socket from, Socket to) {
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException e) {
            // one of the two ends has closed
        }
    }
}
