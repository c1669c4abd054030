package dev.p2p.cli.ping;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.p2p.api.NodeInfo;
import dev.p2p.api.NodeKey;
import dev.p2p.api.transport.Connection;
import dev.p2p.cli.Typed;
import dev.p2p.cli.dial.Caller;
import dev.p2p.cli.dial.Target;
import dev.p2p.cli.dial.TestNodes;
import dev.p2p.cli.dial.Visit;
import dev.p2p.router.Router;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code p2p ping} against nodes on loopback. */
class PingCommandTest {

    private static final NodeKey KEY = TestNodes.key(7);

    private final TestNodes nodes = new TestNodes();

    @AfterEach
    void close() throws Exception {
        nodes.close();
    }

    @Test
    void theLinesShowTcpHandshakeAndPongSeparately() {
        Target target = Target.parse("198.51.100.24:26656");
        assertThat(PingScreen.head(Optional.of(KEY.id()), target))
                .isEqualTo(KEY.id().shortText() + " at 198.51.100.24:26656");
        assertThat(PingScreen.line(answer(1, OptionalLong.of(11_800_000), OptionalLong.of(36_100_000), 12_200_000)))
                .isEqualTo("seq 1    tcp 11.8 ms     handshake 36.1 ms     pong 12.2 ms");
        assertThat(PingScreen.line(answer(2, OptionalLong.empty(), OptionalLong.empty(), 12_000_000)))
                .isEqualTo("seq 2                                          pong 12.0 ms");
        PingAnswer lost = new PingAnswer(
                3, OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), "nothing came in time");
        assertThat(PingScreen.line(lost))
                .isEqualTo("seq 3                                          no answer: nothing came in time");
    }

    @Test
    void aNodeIsPingedOverOneConnection() throws Exception {
        Router node = nodes.node(KEY, "test-net");
        Typed ran = Typed.words("ping", TestNodes.place(node), "-n", "3", "-i", "100ms", "--timeout", "30s");
        assertThat(ran.err()).isEmpty();
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out())
                .startsWith(KEY.id().shortText() + " at " + TestNodes.place(node) + "\n")
                .containsPattern("seq 1 +tcp [0-9.]+ ms +handshake [0-9.]+ ms +pong [0-9.]+ ms\n")
                .containsPattern("seq 2 +pong [0-9.]+ ms\n")
                .containsPattern("seq 3 +pong [0-9.]+ ms\n")
                .containsPattern("\n3 sent, 3 answered, loss 0% +pong min/avg/max/sd [0-9./]+ ms\n$");
    }

    @Test
    void theJsonFormHasTheSameFigures() throws Exception {
        Router node = nodes.node(KEY, "test-net");
        Typed ran = Typed.words(
                "ping",
                TestNodes.place(node),
                "-n",
                "2",
                "-i",
                "100ms",
                "--timeout",
                "30s",
                "--chain-id",
                "test-net",
                "-o",
                "json");
        JsonObject all = JsonParser.parseString(ran.out()).getAsJsonObject();
        assertThat(all.get("kind").getAsString()).isEqualTo("ping");
        assertThat(all.get("id").getAsString()).isEqualTo(KEY.id().toString());
        assertThat(all.get("sent").getAsInt()).isEqualTo(2);
        assertThat(all.get("loss_percent").getAsDouble()).isZero();
        assertThat(all.getAsJsonObject("pong_ms").keySet()).containsExactly("min", "avg", "max", "sd");
        assertThat(all.getAsJsonArray("answers").get(0).getAsJsonObject().keySet())
                .containsExactly("seq", "tcp_ms", "handshake_ms", "pong_ms");
        assertThat(all.getAsJsonArray("answers").get(1).getAsJsonObject().keySet())
                .containsExactly("seq", "pong_ms");
    }

    @Test
    void aDeadPlaceLosesEverything() throws Exception {
        Typed ran = Typed.words("ping", nodes.deadPlace(), "-n", "2", "-i", "100ms", "--timeout", "30s");
        assertThat(ran.exitCode()).isEqualTo(4);
        assertThat(ran.out())
                .contains("seq 1                                          no answer: connection-refused")
                .endsWith("2 sent, 0 answered, loss 100%\n");
    }

    @Test
    void aConnectionThatIsLostIsOpenedAnew() throws Exception {
        AtomicInteger served = new AtomicInteger();
        NodeInfo info = NodeInfo.of(KEY.id(), "test-net", "scripted", "0.38.25", "0.0.0.0:1", Caller.PEX_ONLY);
        String place = nodes.scripted(KEY, info, connection -> answerOne(connection, served));
        Typed ran = Typed.words("ping", place, "-n", "3", "-i", "100ms", "--timeout", "30s", "--chain-id", "test-net");
        assertThat(ran.exitCode()).isZero();
        assertThat(served.get()).isBetween(2, 3);
        assertThat(ran.out().lines().filter(line -> line.contains("tcp"))).hasSize(served.get());
    }

    @Test
    void whatCannotBeMeantIsWrongUsage() {
        assertThat(Typed.words("ping", "127.0.0.1:1", "-n", "-1").exitCode()).isEqualTo(2);
        assertThat(Typed.words("ping", "127.0.0.1:1", "-i", "1ms").err()).contains("at least 100ms");
        assertThat(Typed.words("ping").exitCode()).isEqualTo(2);
    }

    /** Leaves after the first ping that it has answered. */
    private static void answerOne(Connection connection, AtomicInteger served)
            throws IOException, InterruptedException {
        served.incrementAndGet();
        try (Visit visit = Visit.start(connection, Visit.DROP_ALL)) {
            while (connection.counters().pingsReceived() == 0 && !visit.ended().isDone()) {
                visit.ping(java.time.Duration.ofSeconds(30));
            }
            visit.ping(java.time.Duration.ofSeconds(30));
        }
    }

    private static PingAnswer answer(int number, OptionalLong tcp, OptionalLong handshake, long pong) {
        return new PingAnswer(number, tcp, handshake, OptionalLong.of(pong), "");
    }
}
