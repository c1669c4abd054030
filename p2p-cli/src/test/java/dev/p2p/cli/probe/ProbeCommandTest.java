package dev.p2p.cli.probe;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.p2p.api.NodeInfo;
import dev.p2p.api.NodeKey;
import dev.p2p.cli.Typed;
import dev.p2p.cli.dial.Caller;
import dev.p2p.cli.dial.Stages;
import dev.p2p.cli.dial.Target;
import dev.p2p.cli.dial.TestNodes;
import dev.p2p.cli.dial.Visit;
import dev.p2p.cli.dial.Visitor;
import dev.p2p.router.Router;
import dev.p2p.router.RouterLimits;
import dev.p2p.router.plugin.TransportSet;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code p2p probe} against nodes on loopback, good ones and bad ones. */
class ProbeCommandTest {

    private static final NodeKey KEY = TestNodes.key(7);
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final TestNodes nodes = new TestNodes();

    @TempDir
    private Path folder;

    @AfterEach
    void close() throws Exception {
        nodes.close();
    }

    @Test
    void aNodeThatKeepsThePeerIsCompatible() throws Exception {
        Router node = nodes.node(KEY, "test-net");
        Typed ran = probe(KEY.id() + "@" + TestNodes.place(node), "--chain-id", "test-net");
        assertThat(ran.err()).isEmpty();
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out())
                .contains("IDENTITY    " + KEY.id())
                .contains("\"node-" + KEY.id().shortText() + "\"  version 1.2.3  p2p 8  block 11")
                .contains("same as asked")
                .contains("KEEPALIVE   answered")
                .containsPattern("CHANNELS +00\n +pex\n")
                .containsPattern("VERDICT +compatible +\\(exit 0\\)\n$");
    }

    @Test
    void withoutANetworkTheNodesOwnIsTakenOver() throws Exception {
        Router node = nodes.node(KEY, "whatever-it-is");
        Typed ran = probe(TestNodes.place(node), "-o", "json");
        assertThat(ran.exitCode()).isZero();
        JsonObject item = only(ran);
        assertThat(item.get("verdict").getAsString()).isEqualTo("compatible");
        assertThat(item.get("network").getAsString()).isEqualTo("whatever-it-is");
        assertThat(item.get("id").getAsString()).isEqualTo(KEY.id().toString());
        assertThat(item.getAsJsonArray("channel_names").get(0).getAsString()).isEqualTo("pex");
        assertThat(item.getAsJsonObject("stages_ms").keySet())
                .containsExactly("tcp", "encryption", "identity", "nodeinfo", "pong");
    }

    @Test
    void anotherNetworkThanTheOneAskedForIsIncompatible() throws Exception {
        Router node = nodes.node(KEY, "test-net");
        Typed ran = probe(TestNodes.place(node), "--chain-id", "other-net");
        assertThat(ran.exitCode()).isEqualTo(5);
        assertThat(ran.out()).contains("VERDICT     wrong-network").contains("asked for other-net");
    }

    @Test
    void anImpostorIsNamedWithAllThatItTells() throws Exception {
        Router node = nodes.node(KEY, "test-net");
        String expected = TestNodes.key(8).id().toString();
        Typed ran = probe(TestNodes.place(node), "--expect-id", expected);
        assertThat(ran.exitCode()).isEqualTo(6);
        assertThat(ran.out())
                .contains("IDENTITY    " + KEY.id())
                .contains("NETWORK     test-net")
                .contains("VERDICT     wrong-id")
                .contains("expected " + expected);
    }

    @Test
    void aNodeThatHangsUpAfterItsNodeInfoIsNotCompatible() throws Exception {
        String place = nodes.scripted(KEY, info(), connection -> {});
        Typed ran = probe(place, "--chain-id", "test-net");
        assertThat(ran.exitCode()).isEqualTo(5);
        assertThat(ran.out())
                .contains("NODEINFO    \"scripted\"")
                .contains("it hung up after it told of itself")
                .doesNotContain("KEEPALIVE");
    }

    @Test
    void aNodeThatShakesHandsAndThenSleepsIsSilent() throws Exception {
        CountDownLatch probed = new CountDownLatch(1);
        String place = nodes.scripted(KEY, info(), connection -> probed.await());
        Typed ran = probe(place, "--chain-id", "test-net", "--timeout", "8s");
        probed.countDown();
        assertThat(ran.exitCode()).isEqualTo(4);
        assertThat(ran.out()).contains("VERDICT     silent: it shook hands, but answers no keep-alive");
    }

    @Test
    void aFullNodeHangsUpAndTheCauseIsAmongThoseNamed() throws Exception {
        Router full = nodes.node(KEY, "test-net", builder -> builder.limits(RouterLimits.STANDARD.withPeers(1, 0)));
        Target place = Target.parse(TestNodes.place(full));
        Caller first = new Caller(TestNodes.key(9), "first", "1.2.3", Caller.PEX_ONLY);
        Stages stages = new Stages(System::nanoTime);
        Typed ran;
        try (TransportSet transports = new TransportSet(
                        nodes.plugins().transports(), nodes.plugins().streamProtocol(), new SecureRandom(), Map.of());
                Visitor visitor = new Visitor(transports, first);
                Visit kept = Visit.start(
                        visitor.connect(place, "test-net", Optional.empty(), stages, LIMIT), Visit.DROP_ALL)) {
            assertThat(kept.ping(LIMIT)).as("the only slot is taken").isPresent();
            ran = probe(place.text(), "--chain-id", "test-net");
        }
        assertThat(ran.exitCode()).isEqualTo(5);
        assertThat(ran.out()).contains("it hung up before it sent its key: its slots are full");
    }

    @Test
    void aServerThatNeverSaysAWordMayBeAFullNode() throws Exception {
        CountDownLatch probed = new CountDownLatch(1);
        String place = nodes.server(socket -> probed.await());
        Typed ran = probe(place, "--timeout", "2s");
        probed.countDown();
        assertThat(ran.exitCode()).isEqualTo(4);
        assertThat(ran.out()).contains("handshake-timeout: connected, but it sent no key: its inbound slots are full");
    }

    @Test
    void aServerThatHangsUpAtOnceFiltersAddresses() throws Exception {
        String place = nodes.server(socket -> {});
        Typed ran = probe(place);
        assertThat(ran.exitCode()).isEqualTo(5);
        assertThat(ran.out()).contains("it hung up before it sent its key");
    }

    @Test
    void anotherServiceIsRecognised() throws Exception {
        String place = nodes.server(socket -> {
            socket.getOutputStream()
                    .write("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().readAllBytes();
        });
        Typed ran = probe(place);
        assertThat(ran.exitCode()).isEqualTo(5);
        assertThat(ran.out()).contains("VERDICT     handshake-failed: its bytes break the protocol");
    }

    @Test
    void aFileOfAddressesIsProbedInOrderAndDifferingResultsArePartly() throws Exception {
        Router node = nodes.node(KEY, "test-net");
        String dead = nodes.deadPlace();
        Path file = Files.writeString(folder.resolve("list"), "# two\n" + dead + "\n" + TestNodes.place(node) + "\n");
        Typed ran = probe("--from-file", file.toString(), "--parallel", "2");
        assertThat(ran.exitCode()).isEqualTo(9);
        assertThat(ran.out()).containsSubsequence(dead, "connection-refused", TestNodes.place(node), "compatible");
        assertThat(ran.out()).endsWith("2 probed: 1 connection-refused, 1 compatible\n");
    }

    @Test
    void aDeadPlaceGivesNoAnswer() throws Exception {
        Typed ran = probe(nodes.deadPlace());
        assertThat(ran.exitCode()).isEqualTo(4);
        assertThat(ran.out()).contains("connection-refused: nobody listens there");
    }

    @Test
    void aProtocolWithoutATransportIsSaidSo() {
        Typed ran = probe("pigeon://127.0.0.1:26656");
        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.out()).contains("unknown-protocol: there is no plug-in for this kind of address");
    }

    @Test
    void theInProcessTransportIsProbedByItsAddress() {
        Typed ran = probe("memory:" + KEY.id());
        assertThat(ran.exitCode()).isEqualTo(4);
        assertThat(ran.out()).contains("connection-refused").contains("nobody listens on memory:" + KEY.id());
    }

    @Test
    void noAddressAtAllIsWrongUsage() {
        Typed ran = Typed.words("probe");
        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err())
                .startsWith("error: cannot understand the command line (P2P-USAGE)\n")
                .hasLineCount(4);
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void whatIsNoAddressIsRefused() {
        Typed.words("probe", "nowhere").failed(2, "P2P-ADDRESS-INVALID");
        Typed.words("probe", "127.0.0.1:1", "--expect-id", "abc").failed(2, "P2P-ID-INVALID");
        Typed.words("probe", "--from-file", folder.resolve("none").toString()).failed(3, "P2P-FILE-UNREADABLE");
    }

    @Test
    void aWorkingScriptedNodeIsCompatible() throws Exception {
        String place = nodes.scripted(KEY, info(), connection -> {
            try (Visit visit = Visit.start(connection, Visit.DROP_ALL)) {
                visit.ended().join();
            }
        });
        assertThat(probe(place, "--chain-id", "test-net").exitCode()).isZero();
    }

    /** Probes with a limit that only a broken node exceeds, unless the test sets its own. */
    private static Typed probe(String... args) {
        List<String> line = new ArrayList<>(List.of("probe"));
        line.addAll(List.of(args));
        if (!line.contains("--timeout")) {
            line.addAll(List.of("--timeout", "30s"));
        }
        return Typed.words(line.toArray(String[]::new));
    }

    private static JsonObject only(Typed ran) {
        JsonObject all = JsonParser.parseString(ran.out()).getAsJsonObject();
        assertThat(all.get("kind").getAsString()).isEqualTo("probe");
        assertThat(all.getAsJsonArray("items")).hasSize(1);
        return all.getAsJsonArray("items").get(0).getAsJsonObject();
    }

    private static NodeInfo info() {
        return NodeInfo.of(KEY.id(), "test-net", "scripted", "0.38.25", "tcp://0.0.0.0:26656", Caller.PEX_ONLY);
    }
}
