package dev.p2p.reactor.pex;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import dev.p2p.api.Direction;
import dev.p2p.api.PeerRef;
import dev.p2p.api.reactor.PeerError;
import dev.p2p.api.reactor.SendResult;
import dev.p2p.reactor.pex.proto.PexAddress;
import dev.p2p.reactor.pex.proto.PexAddrs;
import dev.p2p.reactor.pex.proto.PexAddrsV2;
import dev.p2p.reactor.pex.proto.PexRequest;
import dev.p2p.reactor.pex.proto.PexRequestV2;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What peer exchange tells, to whom and how often; and how a seed behaves. */
class AnsweringTest {

    private FakeNode node = new FakeNode(Map.of());

    @Test
    void answersInTheFormInWhichItWasAsked() {
        node.tellable.add(FakeNode.address(50, "127.0.0.2"));
        PeerRef peer = node.up(1, Direction.INBOUND);
        node.receive(peer, PexRequest.getDefaultInstance());
        node.receive(peer, PexRequestV2.getDefaultInstance());
        assertThat(node.sent(peer)).hasExactlyElementsOfTypes(PexAddrs.class, PexAddrsV2.class);
        assertThat(ips(node.sent(peer).getFirst())).containsExactly("127.0.0.2");
        assertThat(((PexAddrsV2) node.sent(peer).getLast()).getAddresses(0).getUrl())
                .isEqualTo("mconn://" + FakeNode.id(50) + "@127.0.0.2:26656");
    }

    @Test
    void answersEvenIfItKnowsNobody() {
        PeerRef peer = node.up(1, Direction.INBOUND);
        node.receive(peer, PexRequest.getDefaultInstance());
        assertThat(node.sent(peer)).containsExactly(PexAddrs.getDefaultInstance());
    }

    @Test
    void tellsAtMostWhatEveryVersionAccepts() {
        for (int i = 0; i < 300; i++) {
            node.tellable.add(FakeNode.address(1_000 + i, "127.0.1." + (i % 250 + 1)));
        }
        PeerRef peer = node.up(1, Direction.INBOUND);
        node.receive(peer, PexRequest.getDefaultInstance());
        assertThat(ips(node.sent(peer).getFirst())).hasSize(PexReactor.MAX_TOLD);
    }

    @Test
    void neverTellsAPeerItsOwnAddress() {
        node.tellable.add(FakeNode.address(1, "127.0.0.2"));
        PeerRef peer = node.up(1, Direction.INBOUND);
        node.receive(peer, PexRequest.getDefaultInstance());
        assertThat(ips(node.sent(peer).getFirst())).isEmpty();
    }

    @Test
    void tellsNobodyWhatItCannotReach() {
        tellOneOfEach();
        assertThat(toldTo("127.0.0.1")).containsExactly("127.0.0.2", "10.0.0.3", "9.9.9.9");
        assertThat(toldTo("10.0.0.9")).containsExactly("10.0.0.3", "9.9.9.9");
        assertThat(toldTo("8.8.8.8")).containsExactly("9.9.9.9");
    }

    @Test
    void tellsOnlyPublicAddressesIfSoConfigured() {
        node = new FakeNode(Map.of("narrowest-scope", "public"));
        tellOneOfEach();
        assertThat(toldTo("127.0.0.1")).containsExactly("9.9.9.9");
    }

    @Test
    void keepsPrivatePeersToItself() {
        String secret = FakeNode.id(50) + "," + FakeNode.id(60);
        node = new FakeNode(Map.of("private-peers", secret));
        for (int i = 0; i < 150; i++) {
            node.tellable.add(FakeNode.address(i == 3 ? 50 : 1_000 + i, "127.0.1." + (i + 1)));
        }
        PeerRef peer = node.up(1, Direction.INBOUND);
        node.receive(peer, PexRequest.getDefaultInstance());
        assertThat(ips(node.sent(peer).getFirst())).hasSize(PexReactor.MAX_TOLD).doesNotContain("127.0.1.4");

        PeerRef teller = node.up(2, Direction.OUTBOUND);
        node.receive(
                teller,
                PexAddrs.newBuilder()
                        .addAddrs(PexAddress.newBuilder()
                                .setId(FakeNode.id(50).toString())
                                .setIp("127.0.0.5")
                                .setPort(1))
                        .build());
        assertThat(node.learned).isEmpty();

        PeerRef hidden = node.up(60, Direction.OUTBOUND);
        node.pass(Duration.ofMinutes(10));
        assertThat(node.sent(hidden)).isEmpty();
        node.receive(hidden, PexRequest.getDefaultInstance());
        assertThat(node.answers(hidden)).isEqualTo(1);
    }

    @Test
    void whoAsksWithoutServingTheChannelIsNotAnsweredAndHasTheSameBudget() {
        PeerRef peer = node.up(1, Direction.INBOUND, "127.0.0.1", 0x40);
        ask(peer, 25);
        assertThat(node.reports(peer)).hasSize(25).doesNotContain(PeerError.disconnect("pex-flood"));
        ask(peer, 1);
        assertThat(node.sent(peer)).isEmpty();
        assertThat(node.reports(peer)).endsWith(PeerError.disconnect("pex-flood"));
    }

    @Test
    void forgivesEarlyRequestsButAnswersThemFromABudget() {
        PeerRef peer = node.up(1, Direction.INBOUND);
        ask(peer, 15);
        assertThat(node.answers(peer)).isEqualTo(5);
        assertThat(node.reports).hasSize(10).containsOnly(PeerError.note("pex-request-early"));
        node.pass(Duration.ofSeconds(9));
        ask(peer, 1);
        assertThat(node.answers(peer)).isEqualTo(5);
        node.pass(Duration.ofSeconds(2));
        ask(peer, 1);
        assertThat(node.answers(peer)).isEqualTo(6);
    }

    @Test
    void penalisesAndThenEndsAFlood() {
        PeerRef peer = node.up(1, Direction.INBOUND);
        ask(peer, 26);
        assertThat(node.answers(peer)).isEqualTo(5);
        assertThat(node.reports.subList(0, 10)).containsOnly(PeerError.note("pex-request-early"));
        assertThat(node.reports.subList(10, 20)).containsOnly(PeerError.penalise("pex-request-early", 2));
        assertThat(node.reports.subList(20, 21)).containsOnly(PeerError.disconnect("pex-flood"));
    }

    @Test
    void aNewConnectionDoesNotFillTheBudget() {
        PeerRef first = node.up(1, Direction.INBOUND);
        ask(first, 5);
        node.down(first);
        PeerRef second = node.up(1, Direction.INBOUND);
        ask(second, 1);
        assertThat(node.sent(second)).isEmpty();
        ask(node.up(2, Direction.INBOUND), 1);
        node.pass(Duration.ofSeconds(50));
        ask(second, 5);
        assertThat(node.answers(second)).isEqualTo(5);
    }

    @Test
    void forgetsOldExcess() {
        PeerRef peer = node.up(1, Direction.INBOUND);
        for (int hour = 0; hour < 10; hour++) {
            ask(peer, 13);
            node.pass(Duration.ofHours(1));
        }
        assertThat(node.answers(peer)).isEqualTo(50);
        assertThat(node.reports(peer))
                .filteredOn(error -> error.code().equals("pex-request-early"))
                .hasSize(80)
                .containsOnly(PeerError.note("pex-request-early"));
    }

    @Test
    void aClockThatIsSetDoesNotOpenTheBudget() {
        PeerRef peer = node.up(1, Direction.INBOUND);
        ask(peer, 5);
        node.setWallClock(Duration.ofDays(400));
        ask(peer, 1);
        node.setWallClock(Duration.ofDays(-800));
        ask(peer, 1);
        node.setWallClock(Duration.ofDays(800));
        ask(peer, 1);
        assertThat(node.answers(peer)).isEqualTo(5);
    }

    @Test
    void aClockThatIsSetBackMakesNoHonestPeerAFlood() {
        node.known = 1_000;
        PeerRef peer = node.up(1, Direction.INBOUND);
        for (int i = 0; i < 100; i++) {
            node.setWallClock(Duration.ofHours(i % 2 == 0 ? -30 : 20));
            node.pass(Duration.ofSeconds(10));
            ask(peer, 1);
        }
        assertThat(node.answers(peer)).isEqualTo(100);
        assertThat(node.reports(peer)).isEmpty();
    }

    @Test
    void aSeedLosesItsPatienceByTimeAndNotByTheClock() {
        node = new FakeNode(Map.of("seed-mode", "true", "seed-patience-seconds", "60"));
        PeerRef idle = node.up(1, Direction.INBOUND);
        node.setWallClock(Duration.ofDays(400));
        node.pass(Duration.ofSeconds(50));
        assertThat(node.reports(idle)).isEmpty();
        node.setWallClock(Duration.ofDays(-800));
        node.pass(Duration.ofSeconds(10));
        assertThat(node.reports(idle)).containsExactly(PeerError.release("pex-idle"));
    }

    @Test
    void saysNothingMoreToAPeerThatDoesNotRead() {
        PeerRef peer = node.up(1, Direction.INBOUND);
        node.sendResult = SendResult.FULL;
        ask(peer, 1);
        assertThat(node.reports).containsExactly(PeerError.note("pex-answer-unread"));
    }

    @Test
    void aSeedLetsAPeerGoOnceItsAnswerIsOnTheWay() {
        node = new FakeNode(Map.of("seed-mode", "true"));
        node.tellable.add(FakeNode.address(50, "127.0.0.2"));
        PeerRef peer = node.up(1, Direction.INBOUND);
        ask(peer, 1);
        assertThat(node.doings)
                .extracting(FakeNode.Did::what)
                .satisfiesExactly(
                        answer -> assertThat(ips((Message) answer)).containsExactly("127.0.0.2"),
                        report -> assertThat(report).isEqualTo(PeerError.release("pex-served")));
    }

    @Test
    void aSeedLetsGoWhomItVisitedAndAsksNobodyWhoCameToIt() {
        node = new FakeNode(Map.of("seed-mode", "true"));
        PeerRef visited = node.up(1, Direction.OUTBOUND);
        node.receive(visited, PexAddrs.getDefaultInstance());
        assertThat(node.reports(visited)).containsExactly(PeerError.release("pex-visited"));
        PeerRef guest = node.up(2, Direction.INBOUND);
        node.pass(Duration.ofMinutes(2));
        assertThat(node.doings).noneMatch(did -> did.peer().equals(guest));
    }

    @Test
    void aSeedKeepsNobodyWhoNeverAsks() {
        node = new FakeNode(Map.of("seed-mode", "true", "seed-patience-seconds", "60"));
        PeerRef idle = node.up(1, Direction.INBOUND);
        node.pass(Duration.ofSeconds(59));
        assertThat(node.doings).isEmpty();
        node.pass(Duration.ofMinutes(5));
        assertThat(node.reports(idle)).containsExactly(PeerError.release("pex-idle"));
    }

    @Test
    void anOrdinaryNodeLetsNobodyGo() {
        PeerRef peer = node.up(1, Direction.INBOUND);
        ask(peer, 1);
        node.pass(Duration.ofHours(1));
        assertThat(node.reports).noneMatch(error -> error.action() instanceof PeerError.Action.Release);
    }

    private void tellOneOfEach() {
        node.tellable.add(FakeNode.address(50, "127.0.0.2"));
        node.tellable.add(FakeNode.address(51, "10.0.0.3"));
        node.tellable.add(FakeNode.address(52, "9.9.9.9"));
        node.tellable.add(FakeNode.address(53, "0.0.0.0"));
    }

    private List<String> toldTo(String ip) {
        PeerRef peer = node.up(ip.hashCode() & 0xfff, Direction.INBOUND, ip, 0x00);
        ask(peer, 1);
        return ips(node.sent(peer).getFirst());
    }

    private void ask(PeerRef from, int times) {
        for (int i = 0; i < times; i++) {
            node.receive(from, PexRequest.getDefaultInstance());
        }
    }

    private static List<String> ips(Message answer) {
        return ((PexAddrs) answer)
                .getAddrsList().stream().map(PexAddress::getIp).toList();
    }
}
