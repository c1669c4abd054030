package dev.p2p.testkit.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.p2p.api.NodeId;
import dev.p2p.api.NodeInfo;
import dev.p2p.api.NodeKey;
import dev.p2p.api.Reason;
import dev.p2p.api.transport.Connection;
import dev.p2p.api.transport.HandshakeListener;
import dev.p2p.api.transport.PendingConnection;
import dev.p2p.api.transport.TransportException;
import dev.p2p.testkit.transport.HandshakeStages.Stage;
import java.io.IOException;
import java.security.PublicKey;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules C1 to C13 and C25: how two nodes get to know each other, and when they do not. */
public interface HandshakeContract extends TransportSubject {

    /** C1: every field arrives as it was sent, and a field without content as one. */
    @Test
    @DisplayName("TR-20 SE-12: C1 each side gets the other's node information, however little there is of it")
    default void eachSideGetsTheOthersNodeInformation() throws Exception {
        TestNode dialer = TestNode.of(1);
        NodeInfo full = dialer.info();
        TestNode sparing = new TestNode(
                dialer.key(),
                NodeInfo.of(full.id(), full.network(), "x", "", full.listenAddress(), List.of(TestNode.SECOND)));
        TestNode acceptor = TestNode.of(2).withChannels(TestNode.SECOND);
        try (TransportRig rig = new TransportRig(this)) {
            BothSides<Connection> connection = rig.connect(dialer, acceptor);
            assertEquals(acceptor.info(), connection.dialer().peerInfo());
            assertEquals(dialer.info(), connection.acceptor().peerInfo());
            BothSides<Connection> another = rig.connect(sparing, acceptor);
            assertEquals(sparing.info(), another.acceptor().peerInfo());
        }
    }

    /** C2: the key is the peer's, and the identity follows from it. */
    @Test
    @DisplayName("SE-01: C2 peerKey() is the peer's key, and its identity is that of peerInfo()")
    default void peerKeyIsThePeersKey() throws Exception {
        TestNode dialer = TestNode.of(1);
        TestNode acceptor = TestNode.of(2);
        try (TransportRig rig = new TransportRig(this)) {
            BothSides<Connection> connection = rig.connect(dialer, acceptor);
            assertProves(acceptor, connection.dialer());
            assertProves(dialer, connection.acceptor());
        }
    }

    /** C3: whoever follows a handshake sees its stages in order. */
    @Test
    @DisplayName("C3 the listener is told of each stage in order")
    default void theListenerIsToldOfEachStageInOrder() throws Exception {
        TestNode dialer = TestNode.of(1);
        TestNode acceptor = TestNode.of(2);
        HandshakeStages stages = new HandshakeStages();
        try (TransportRig rig = new TransportRig(this)) {
            var shaking = rig.shakeHands(rig.meet(), dialer.request(patience(), stages), acceptor.request(patience()));
            rig.keep(shaking.dialer().result());
            rig.keep(shaking.acceptor().result());
            assertEquals(
                    List.of(Stage.authenticated(acceptor.id()), Stage.received(acceptor.info())),
                    stages.aboutThePeer());
            if (encrypts()) {
                assertEquals("encrypted", stages.all().getFirst().name());
            }
        }
    }

    /** C4: a dialer tells nothing of itself to anybody but the node it wants. */
    @Test
    @DisplayName("C4 an unexpected identity is refused before this node tells of itself")
    default void anUnexpectedIdentityIsRefused() throws Exception {
        TestNode dialer = TestNode.of(1);
        TestNode acceptor = TestNode.of(2);
        HandshakeStages stages = new HandshakeStages();
        try (TransportRig rig = new TransportRig(this)) {
            var shaking = rig.shakeHands(
                    rig.meet(), dialer.request(TestNode.of(3).id(), patience()), acceptor.request(patience(), stages));
            assertEquals(Reason.WRONG_ID, shaking.dialer().reason());
            shaking.acceptor().failure(IOException.class);
            assertFalse(stages.reached("received"), "the acceptor was told of a node that refused it");
        }
    }

    /** C5: a node that dials one of its own addresses finds out. */
    @Test
    @DisplayName("C5 a node that meets itself refuses, on both sides")
    default void aNodeThatMeetsItselfRefuses() throws Exception {
        TestNode node = TestNode.of(1);
        assertBothRefuse(node, node, Reason.SELF);
    }

    /** C6: the reason is known on both sides. */
    @Test
    @DisplayName("C6 nodes of different networks refuse each other")
    default void nodesOfDifferentNetworksRefuseEachOther() throws Exception {
        assertBothRefuse(TestNode.of(1), TestNode.of(2).withNetwork("another-network"), Reason.WRONG_NETWORK);
    }

    /** C7: the reason is known on both sides. */
    @Test
    @DisplayName("C7 nodes of different block versions refuse each other")
    default void nodesOfDifferentBlockVersionsRefuseEachOther() throws Exception {
        assertBothRefuse(TestNode.of(1), TestNode.of(2).withBlockVersion(10), Reason.WRONG_BLOCK_VERSION);
    }

    /** C8: the reason is known on both sides. */
    @Test
    @DisplayName("C8 nodes without a common channel refuse each other")
    default void nodesWithoutACommonChannelRefuseEachOther() throws Exception {
        assertBothRefuse(
                TestNode.of(1).withChannels(TestNode.FIRST),
                TestNode.of(2).withChannels(TestNode.SECOND),
                Reason.NO_COMMON_CHANNEL);
    }

    /** C9: an operator can see whom the node refused, and why. */
    @Test
    @DisplayName("C9 the listener is told of a peer that is then refused")
    default void theListenerIsToldOfAPeerThatIsThenRefused() throws Exception {
        TestNode dialer = TestNode.of(1);
        TestNode acceptor = TestNode.of(2).withNetwork("another-network");
        HandshakeStages stages = new HandshakeStages();
        try (TransportRig rig = new TransportRig(this)) {
            var shaking = rig.shakeHands(rig.meet(), dialer.request(patience(), stages), acceptor.request(patience()));
            assertEquals(Reason.WRONG_NETWORK, shaking.dialer().reason());
            assertEquals(
                    List.of(Stage.authenticated(acceptor.id()), Stage.received(acceptor.info())),
                    stages.aboutThePeer());
        }
    }

    /** C10: a peer that says nothing is dropped, whichever side it is. */
    @Test
    @DisplayName("C10 a handshake that the peer never answers ends at its limit and drops the connection")
    default void aHandshakeThatThePeerNeverAnswersEndsAtItsLimit() throws Exception {
        Duration limit = Duration.ofMillis(200);
        try (TransportRig rig = new TransportRig(this)) {
            BothSides<PendingConnection> one = rig.meet();
            assertEquals(
                    Reason.HANDSHAKE_TIMEOUT,
                    shakeAlone(rig, one.dialer(), limit).reason());
            shakeAlone(rig, one.acceptor(), patience()).failure(IOException.class);

            BothSides<PendingConnection> other = rig.meet();
            assertEquals(
                    Reason.HANDSHAKE_TIMEOUT,
                    shakeAlone(rig, other.acceptor(), limit).reason());
            shakeAlone(rig, other.dialer(), patience()).failure(IOException.class);
        }
    }

    /** C11: interrupt is the way to cancel. */
    @Test
    @DisplayName("C11 an interrupt ends a handshake and drops the connection")
    default void anInterruptEndsAHandshake() throws Exception {
        try (TransportRig rig = new TransportRig(this)) {
            BothSides<PendingConnection> pending = rig.meet();
            Worker<Connection> shaking =
                    shakeAlone(rig, pending.dialer(), patience().multipliedBy(2));
            shaking.untilBlocked();
            shaking.interrupt();
            shaking.failure(InterruptedException.class);
            shakeAlone(rig, pending.acceptor(), patience()).failure(IOException.class);
        }
    }

    /** C12: a node that closes need not wait for its handshakes. */
    @Test
    @DisplayName("C12 closing a connection that has not shaken hands ends its handshake")
    default void closingAPendingConnectionEndsItsHandshake() throws Exception {
        try (TransportRig rig = new TransportRig(this)) {
            BothSides<PendingConnection> pending = rig.meet();
            Worker<Connection> shaking =
                    shakeAlone(rig, pending.dialer(), patience().multipliedBy(2));
            shaking.untilBlocked();
            pending.dialer().close();
            shaking.failure(IOException.class);
            pending.dialer().close();
            shakeAlone(rig, pending.acceptor(), patience()).failure(IOException.class);
        }
    }

    /** C13: whoever looks for a node wants to know whom it found in its place. */
    @Test
    @DisplayName("C13 the listener is told who answered, also if another node was expected or it is this one")
    default void theListenerIsToldWhoAnsweredInstead() throws Exception {
        TestNode dialer = TestNode.of(1);
        TestNode acceptor = TestNode.of(2);
        assertEquals(
                List.of(Stage.authenticated(acceptor.id())),
                stagesOfARefusal(dialer, TestNode.of(3).id(), acceptor, Reason.WRONG_ID));
        assertEquals(
                List.of(Stage.authenticated(dialer.id())),
                stagesOfARefusal(dialer, TestNode.of(3).id(), dialer, Reason.SELF));
    }

    /** C25: whom the node will not have learns nothing of it. */
    @Test
    @DisplayName("C25 a listener that refuses a proven identity ends the handshake before this node tells of itself")
    default void aListenerCanRefuseAnIdentity() throws Exception {
        TestNode dialer = TestNode.of(1);
        TestNode acceptor = TestNode.of(2);
        HandshakeStages stages = new HandshakeStages();
        HandshakeListener refuses = new HandshakeListener() {
            @Override
            public void authenticated(NodeId peer) throws TransportException {
                throw new TransportException(Reason.BANNED, peer.toString());
            }
        };
        try (TransportRig rig = new TransportRig(this)) {
            var shaking = rig.shakeHands(
                    rig.meet(), dialer.request(patience(), stages), acceptor.request(patience(), refuses));
            assertEquals(Reason.BANNED, shaking.acceptor().reason());
            shaking.dialer().failure(IOException.class);
            assertFalse(stages.reached("received"), "the dialer was told of a node that refused it");
        }
    }

    private List<Stage> stagesOfARefusal(TestNode dialer, NodeId expected, TestNode acceptor, Reason reason)
            throws IOException {
        HandshakeStages stages = new HandshakeStages();
        try (TransportRig rig = new TransportRig(this)) {
            var shaking = rig.shakeHands(
                    rig.meet(), dialer.request(expected, patience(), stages), acceptor.request(patience()));
            assertEquals(reason, shaking.dialer().reason(), "why the dialer refused");
            shaking.acceptor().failure(IOException.class);
        }
        return stages.aboutThePeer();
    }

    private void assertBothRefuse(TestNode dialer, TestNode acceptor, Reason reason) throws IOException {
        try (TransportRig rig = new TransportRig(this)) {
            var shaking = rig.shakeHands(rig.meet(), dialer.request(patience()), acceptor.request(patience()));
            assertEquals(reason, shaking.dialer().reason(), "why the dialer refused");
            assertEquals(reason, shaking.acceptor().reason(), "why the acceptor refused");
        }
    }

    private static Worker<Connection> shakeAlone(TransportRig rig, PendingConnection pending, Duration limit) {
        return rig.workers()
                .start("handshake", () -> pending.handshake(TestNode.of(9).request(limit)));
    }

    /** An Ed25519 key ends with its raw bytes in the encoding of RFC 8410, section 4. */
    private static void assertProves(TestNode peer, Connection connection) {
        PublicKey key = connection.peerKey();
        byte[] encoded = key.getEncoded();
        byte[] raw = Arrays.copyOfRange(encoded, encoded.length - NodeKey.PUBLIC_KEY_BYTES, encoded.length);
        assertArrayEquals(peer.key().publicKeyBytes(), raw, "the peer's key");
        assertEquals(connection.peerInfo().id(), NodeId.ofPublicKey(raw), "the identity of the peer's key");
    }
}
