package dev.p2p.reactor.pex;

import static org.assertj.core.api.Assertions.assertThat;

import dev.p2p.api.Direction;
import dev.p2p.api.PeerRef;
import dev.p2p.api.reactor.PeerError;
import dev.p2p.api.reactor.SendResult;
import dev.p2p.reactor.pex.proto.PexAddress;
import dev.p2p.reactor.pex.proto.PexAddrs;
import dev.p2p.reactor.pex.proto.PexAddrsV2;
import dev.p2p.reactor.pex.proto.PexRequest;
import dev.p2p.reactor.pex.proto.PexRequestV2;
import dev.p2p.reactor.pex.proto.PexUrl;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whom peer exchange asks and when, and what it takes from answers. */
class AskingTest {

    private final FakeNode node = new FakeNode(Map.of());

    @Test
    void asksWhomItDialedAtOnceInTodaysForm() {
        PeerRef peer = node.up(1, Direction.OUTBOUND);
        assertThat(node.sent(peer)).containsExactly(PexRequest.getDefaultInstance());
    }

    @Test
    void asksWhoeverCameInWhenTheTimerChoosesIt() {
        PeerRef peer = node.up(1, Direction.INBOUND);
        assertThat(node.sent(peer)).isEmpty();
        node.pass(node.tickPeriod);
        assertThat(node.sent(peer)).hasSize(1);
    }

    @Test
    void asksNobodyWithoutTheChannel() {
        PeerRef peer = node.up(1, Direction.OUTBOUND, "127.0.0.1", 0x20, 0x21);
        node.pass(Duration.ofMinutes(5));
        assertThat(node.doings).isEmpty();
        assertThat(node.sent(peer)).isEmpty();
    }

    @Test
    void asksNobodyWhileItKnowsEnough() {
        node.known = 1_000;
        PeerRef peer = node.up(1, Direction.OUTBOUND);
        node.pass(Duration.ofMinutes(5));
        assertThat(node.sent(peer)).isEmpty();
        node.known = 999;
        node.pass(Duration.ofSeconds(20));
        assertThat(node.sent(peer)).hasSize(1);
    }

    @Test
    void leavesThirtySecondsBetweenTwoRequestsToOnePeer() {
        PeerRef peer = node.up(1, Direction.OUTBOUND);
        node.receive(peer, PexAddrs.getDefaultInstance());
        node.pass(Duration.ofSeconds(29));
        assertThat(node.sent(peer)).hasSize(1);
        node.known++;
        node.pass(Duration.ofSeconds(20));
        assertThat(node.sent(peer)).hasSize(2);
    }

    @Test
    void asksMoreAndMoreRarelyWhileNothingNewComes() {
        PeerRef peer = node.up(1, Direction.OUTBOUND);
        int before = 0;
        for (int minute = 0; minute < 120; minute++) {
            if (node.sent(peer).size() > before) {
                node.receive(peer, PexAddrs.getDefaultInstance());
                before = node.sent(peer).size();
            }
            node.pass(Duration.ofMinutes(1));
        }
        assertThat(before).isBetween(12, 20);
        node.known++;
        node.pass(node.tickPeriod);
        assertThat(node.sent(peer)).hasSize(before + 1);
    }

    @Test
    void givesUpOnAPeerThatLeftTwoRequestsUnansweredButStaysConnected() {
        PeerRef silent = node.up(1, Direction.OUTBOUND);
        node.pass(Duration.ofHours(3));
        assertThat(node.sent(silent)).hasSize(2);
        assertThat(node.reports(silent))
                .containsExactly(PeerError.note("pex-unanswered"), PeerError.note("pex-unanswered"));
        PeerRef again = node.up(1, Direction.OUTBOUND);
        assertThat(node.sent(again)).hasSize(1);
    }

    @Test
    void takesALateAnswer() {
        PeerRef peer = node.up(1, Direction.OUTBOUND);
        node.pass(Duration.ofSeconds(100));
        assertThat(node.sent(peer)).hasSize(2);
        node.receive(peer, told("127.0.0.2"));
        node.receive(peer, told("127.0.0.3"));
        assertThat(node.learned).hasSize(2);
        assertThat(node.reports(peer)).allMatch(error -> error.action() instanceof PeerError.Action.Note);
    }

    @Test
    void asksAgainLaterIfTheRequestFoundNoRoom() {
        node.sendResult = SendResult.FULL;
        PeerRef peer = node.up(1, Direction.OUTBOUND);
        node.sendResult = SendResult.QUEUED;
        assertThat(node.sent(peer)).isEmpty();
        node.pass(node.tickPeriod);
        assertThat(node.sent(peer)).hasSize(1);
    }

    @Test
    void endsAConnectionThatTellsUnasked() {
        PeerRef peer = node.up(1, Direction.INBOUND);
        node.receive(peer, told("127.0.0.2"));
        assertThat(node.reports(peer)).containsExactly(PeerError.disconnect("unsolicited-addresses"));
        assertThat(node.learned).isEmpty();
    }

    @Test
    void takesOneAnswerForEachRequest() {
        PeerRef peer = node.up(1, Direction.OUTBOUND);
        node.receive(peer, told("127.0.0.2"));
        assertThat(node.reports).isEmpty();
        node.receive(peer, told("127.0.0.3"));
        assertThat(node.reports).containsExactly(PeerError.disconnect("unsolicited-addresses"));
        assertThat(node.learned).containsOnlyKeys(FakeNode.address(50, "127.0.0.2"));
    }

    @Test
    void remembersWhoToldEachAddress() {
        PeerRef peer = node.up(1, Direction.OUTBOUND);
        node.receive(peer, told("127.0.0.2"));
        assertThat(node.learned).containsExactly(Map.entry(FakeNode.address(50, "127.0.0.2"), peer));
    }

    @Test
    void asksInTheFormOfUrlsWhoeverHasAskedInIt() {
        PeerRef today = node.up(1, Direction.OUTBOUND);
        PeerRef older = node.up(2, Direction.OUTBOUND);
        node.pass(Duration.ofHours(1));
        assertThat(node.sent(older)).as("given up, as it dropped both").hasSize(2);
        node.receive(older, PexRequestV2.getDefaultInstance());
        node.known++;
        node.pass(Duration.ofSeconds(20));
        assertThat(node.sent(older))
                .hasExactlyElementsOfTypes(PexRequest.class, PexRequest.class, PexAddrsV2.class, PexRequestV2.class);
        node.receive(
                older,
                PexAddrsV2.newBuilder()
                        .addAddresses(PexUrl.newBuilder().setUrl("mconn://" + FakeNode.id(50) + "@127.0.0.2:26656"))
                        .build());
        assertThat(node.learned).containsOnlyKeys(FakeNode.address(50, "127.0.0.2"));
        assertThat(node.sent(today)).hasOnlyElementsOfType(PexRequest.class);
    }

    @Test
    void takesTheUrlsOfOlderNodes() {
        PeerRef peer = node.up(1, Direction.OUTBOUND);
        node.receive(
                peer,
                PexAddrsV2.newBuilder()
                        .addAddresses(PexUrl.newBuilder().setUrl("mconn://" + FakeNode.id(50) + "@127.0.0.2:26656"))
                        .addAddresses(PexUrl.newBuilder().setUrl("tcp://" + FakeNode.id(51) + "@seed.example.org:1"))
                        .build());
        assertThat(node.learned).hasSize(2).containsKey(FakeNode.address(50, "127.0.0.2"));
    }

    @Test
    void endsAConnectionThatTellsTooMany() {
        PeerRef first = node.up(1, Direction.OUTBOUND);
        node.receive(first, many(PexCodec.MAX_ENTRIES));
        assertThat(node.learned).hasSize(PexCodec.MAX_ENTRIES);
        PeerRef second = node.up(2, Direction.OUTBOUND);
        node.learned.clear();
        node.receive(second, many(PexCodec.MAX_ENTRIES + 1));
        assertThat(node.reports).containsExactly(PeerError.disconnect("too-many-addresses"));
        assertThat(node.learned).isEmpty();
    }

    @Test
    void skipsMalformedEntriesAndPenalisesThemAfterAFew() {
        PeerRef peer = node.up(1, Direction.OUTBOUND);
        node.receive(peer, many(1).toBuilder().mergeFrom(malformed(5)).build());
        assertThat(node.learned).hasSize(1);
        assertThat(node.reports).isEmpty();
        node.pass(Duration.ofSeconds(30));
        node.receive(peer, malformed(1));
        assertThat(node.reports).containsExactly(PeerError.penalise("malformed-address", 10));
    }

    @Test
    void passesOnWhereOthersSayThatItIs() {
        PeerRef peer = node.up(1, Direction.OUTBOUND);
        node.receive(
                peer,
                PexAddrs.newBuilder()
                        .addAddrs(entry(FakeNode.SELF.toString(), "127.0.0.9"))
                        .build());
        assertThat(node.learned).hasSize(1);
        assertThat(node.reports).isEmpty();
    }

    @Test
    void aPublicPeerCannotSendThisNodeToItsOwnInside() {
        PeerRef peer = node.up(1, Direction.OUTBOUND, "8.8.8.8", 0x00);
        node.receive(
                peer,
                PexAddrs.newBuilder()
                        .addAddrs(entry(FakeNode.id(50).toString(), "127.0.0.1"))
                        .addAddrs(entry(FakeNode.id(51).toString(), "10.0.0.7"))
                        .addAddrs(entry(FakeNode.id(52).toString(), "0.0.0.0"))
                        .addAddrs(entry(FakeNode.id(53).toString(), "9.9.9.9"))
                        .build());
        assertThat(node.learned).containsOnlyKeys(FakeNode.address(53, "9.9.9.9"));
        assertThat(node.reports).isEmpty();
    }

    @Test
    void aClockThatIsSetBackDelaysNothing() {
        PeerRef peer = node.up(1, Direction.OUTBOUND);
        node.receive(peer, PexAddrs.getDefaultInstance());
        node.setWallClock(Duration.ofDays(-400));
        node.known++;
        node.pass(Duration.ofSeconds(40));
        assertThat(node.sent(peer)).hasSize(2);
    }

    @Test
    void aClockThatIsSetForwardMakesItNeitherAskEarlyNorLosePatience() {
        PeerRef peer = node.up(1, Direction.OUTBOUND);
        node.setWallClock(Duration.ofDays(400));
        node.known++;
        node.pass(Duration.ofSeconds(20));
        assertThat(node.reports).isEmpty();
        node.receive(peer, PexAddrs.getDefaultInstance());
        node.setWallClock(Duration.ofDays(400));
        node.known++;
        node.pass(node.tickPeriod.minusSeconds(1));
        assertThat(node.sent(peer)).hasSize(1);
    }

    private static PexAddrs told(String ip) {
        return PexAddrs.newBuilder()
                .addAddrs(entry(FakeNode.id(50).toString(), ip))
                .build();
    }

    private static PexAddrs many(int count) {
        List<PexAddress> entries = IntStream.range(0, count)
                .mapToObj(i -> entry(FakeNode.id(1_000 + i).toString(), "127.0.1." + (i % 250 + 1)))
                .toList();
        return PexAddrs.newBuilder().addAllAddrs(entries).build();
    }

    private static PexAddrs malformed(int count) {
        List<PexAddress> entries = IntStream.range(0, count)
                .mapToObj(i -> entry("no-id-" + i, "127.0.0.1"))
                .toList();
        return PexAddrs.newBuilder().addAllAddrs(entries).build();
    }

    private static PexAddress entry(String id, String ip) {
        return PexAddress.newBuilder().setId(id).setIp(ip).setPort(26_656).build();
    }
}
