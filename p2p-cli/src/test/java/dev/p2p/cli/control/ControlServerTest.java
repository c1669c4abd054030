package dev.p2p.cli.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.p2p.cli.output.Failure;
import dev.p2p.cli.peerdata.LiveJson;
import dev.p2p.cli.peerdata.PeerRow;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a control socket answers, and what it bears. */
@Timeout(60)
class ControlServerTest {

    private static final Instant NOW = Instant.parse("2026-08-30T12:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path home;

    private final StagedControl node = new StagedControl(NOW, 0);
    private final List<AutoCloseable> open = new ArrayList<>();
    private ControlServer server;

    @BeforeEach
    void serve() throws IOException {
        server = StagedControl.serve(home, node);
    }

    @AfterEach
    void closeAll() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
        server.close();
    }

    @Test
    void onlyTheOwnerMayConnect() throws IOException {
        assertThat(Files.getPosixFilePermissions(ControlSocket.in(home)))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(Files.list(home)).hasSize(1);
    }

    @Test
    void theSocketIsGoneWithTheNode() {
        server.close();

        assertThat(ControlSocket.in(home)).doesNotExist();
        assertThat(ControlClient.connect(ControlSocket.in(home), PATIENCE)).isEmpty();
    }

    @Test
    void aSocketThatADeadNodeLeftIsReplaced() throws IOException {
        server.close();
        Files.writeString(ControlSocket.in(home), "left behind");

        server = StagedControl.serve(home, node);

        assertThat(client().node()).isEqualTo(StagedControl.SELF.toString());
    }

    @Test
    void twoNodesDoNotShareAHome() {
        assertThatIOException()
                .isThrownBy(() -> StagedControl.serve(home, node))
                .withMessageContaining("another node");
    }

    @Test
    void aHomeMayHaveALongName() throws IOException {
        Path deep = home.resolve("a-long-name-".repeat(10)).resolve("b-long-name-".repeat(10));
        Files.createDirectories(deep);
        try (ControlServer far = StagedControl.serve(deep, node)) {
            assertThat(far).isNotNull();
            try (ControlClient client =
                    ControlClient.connect(ControlSocket.in(deep), PATIENCE).orElseThrow()) {
                assertThat(client.node()).isEqualTo(StagedControl.SELF.toString());
            }
        }
        assertThat(Files.list(deep)).isEmpty();
    }

    @Test
    void answersOneQuestionAfterTheOtherOnOneConnection() {
        ControlClient client = client();
        List<PeerRow> peers = new ArrayList<>();
        List<Object> bans = new ArrayList<>();

        client.ask("peers", Map.of(), item -> peers.add(LiveJson.row(item)));
        client.ask("bans", Map.of(), bans::add);

        assertThat(peers).extracting(row -> row.id()).containsExactly(StagedControl.BANNED, StagedControl.CONNECTED);
        assertThat(peers.getLast().link().orElseThrow().name()).isEqualTo("full-de-9");
        assertThat(bans).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "{}",
                "[]",
                "null",
                "{\"v\":1}",
                "{\"v\":2,\"id\":1,\"method\":\"status\"}",
                "{\"v\":1,\"id\":-1,\"method\":\"status\"}",
                "{\"v\":1,\"id\":1,\"method\":\"exec\"}",
                "{\"v\":1,\"id\":1,\"method\":17}",
                "{\"v\":1,\"id\":1,\"method\":\"peer\"}",
                "{\"v\":1,\"id\":1,\"method\":\"peer\",\"params\":[]}",
                "{\"v\":1,\"id\":1,\"method\":\"peer\",\"params\":{\"id\":\"8f1d\"}}",
                "{\"v\":1,\"id\":1,\"method\":\"history\",\"params\":{\"id\":\"8f1d02c77a41b0e9d2f05c6b7a3344e1909f1c55\",\"limit\":0}}",
                "{\"v\":1,\"id\":1,\"method\":\"find\",\"params\":{\"digits\":\".*\"}}",
                "{\"v\":1,\"id\":1,\"method\":\"order\",\"params\":{\"orders\":[]}}",
                "{\"v\":1,\"id\":1,\"method\":\"order\",\"params\":{\"orders\":[{\"do\":\"rm -rf\",\"subject\":\"/\"}]}}",
                "{\"v\":1,\"id\":1,\"method\":\"order\",\"params\":{\"orders\":[{\"do\":\"ban\",\"subject\":\"8f1d02c77a41b0e9d2f05c6b7a3344e1909f1c55\",\"seconds\":-5,\"reason\":\"x\"}]}}",
                "{\"v\":1,\"id\":1,\"method\":\"import\",\"params\":{\"peers\":[]}}",
                "{\"v\":1,\"id\":1,\"method\":\"import\",\"params\":{\"peers\":{\"id\":1}}}",
                "{\"v\":1,\"id\":1,\"method\":\"import\",\"params\":{\"peers\":[{\"id\":\"8f1d02c77a41b0e9d2f05c6b7a3344e1909f1c55\"},{\"id\":7}]}}",
                "{\"v\":1,\"id\":1,\"method\":\"import\",\"params\":{\"rule\":\"trust\",\"peers\":[{\"id\":\"8f1d02c77a41b0e9d2f05c6b7a3344e1909f1c55\"}]}}",
                "{\"v\":1,\"id\":1,\"method\":\"import\",\"params\":{\"peers\":[{\"id\":\"8f1d02c77a41b0e9d2f05c6b7a3344e1909f1c55\",\"history\":[{\"at\":\"2026-01-01T00:00:00Z\",\"type\":\"sold\"}]}]}}",
                "{\"v\":1,\"id\":1,\"method\":\"status\",\"params\":{\"a\":[[[[[[[[[1]]]]]]]]]}}"
            })
    void aWrongRequestIsRefusedAndTheNextOneAnswered(String request) throws IOException {
        SocketChannel raw = raw();
        LineReader lines = new LineReader(raw, ControlProtocol.MAX_ANSWER_BYTES);
        lines.next();

        send(raw, request + "\n{\"v\":1,\"id\":5,\"method\":\"bans\"}\n");

        assertThat(lines.next()).contains("\"error\":\"bad-request\"", "\"message\":");
        assertThat(lines.next()).contains("\"id\":5", "\"item\"");
        assertThat(node.orders()).isEmpty();
    }

    @Test
    void oneWrongOrderStopsAllOfThem() throws IOException {
        SocketChannel raw = raw();
        LineReader lines = new LineReader(raw, ControlProtocol.MAX_ANSWER_BYTES);
        lines.next();

        send(
                raw,
                "{\"v\":1,\"id\":1,\"method\":\"order\",\"params\":{\"orders\":[{\"do\":\"remove\",\"subject\":\""
                        + StagedControl.BANNED + "\"},{\"do\":\"remove\",\"subject\":\"nobody\"}]}}\n");

        assertThat(lines.next()).contains("bad-request");
        assertThat(node.orders()).isEmpty();
    }

    @Test
    void aLineWithoutEndCostsTheConnection() throws IOException {
        SocketChannel raw = raw();
        LineReader lines = new LineReader(raw, ControlProtocol.MAX_ANSWER_BYTES);
        lines.next();

        byte[] line = "x".repeat(ControlProtocol.MAX_REQUEST_BYTES + 1).getBytes(StandardCharsets.UTF_8);
        sendUntilRefused(raw, ByteBuffer.wrap(line));

        assertThat(ends(lines)).isTrue();
        assertThat(client().node()).isNotEmpty();
    }

    @Test
    void noiseCostsTheConnectionAndNothingElse() throws IOException {
        Random random = new Random(9);
        for (int round = 0; round < 50; round++) {
            byte[] noise = new byte[1 + random.nextInt(3_000)];
            random.nextBytes(noise);
            try (SocketChannel raw = SocketChannel.open(UnixDomainSocketAddress.of(ControlSocket.in(home)))) {
                sendUntilRefused(raw, ByteBuffer.wrap(noise));
            }
        }

        whenASeatIsFree().ask("status", Map.of(), item -> true);
        assertThat(node.orders()).isEmpty();
    }

    @Test
    void moreClientsThanAllowedAreTurnedAway() throws IOException {
        restart(new ControlLimits(2, 100, 200, PATIENCE, PATIENCE), node);
        ControlClient first = client();
        ControlClient second = client();

        SocketChannel third = raw();

        assertThat(ends(new LineReader(third, 4_096))).isTrue();
        first.ask("status", Map.of(), item -> true);
        second.ask("status", Map.of(), item -> true);
    }

    @Test
    void aClientThatAsksNothingIsDropped() throws IOException {
        restart(new ControlLimits(2, 100, 200, Duration.ofMillis(1), PATIENCE), node);
        LineReader lines = new LineReader(raw(), 4_096);

        assertThat(lines.next()).contains("\"hello\":\"p2p\"");
        assertThat(ends(lines)).isTrue();
    }

    @Test
    void aClientThatDoesNotReadIsDropped() throws IOException {
        restart(new ControlLimits(1, 100, 200, PATIENCE, Duration.ofMillis(1)), new StagedControl(NOW, 50_000));
        SocketChannel deaf = raw();
        send(deaf, "{\"v\":1,\"id\":1,\"method\":\"peers\"}\n");

        // The one seat is free again only when the deaf client was dropped.
        ControlClient next = whenASeatIsFree();

        assertThat(next.node()).isEqualTo(StagedControl.SELF.toString());
    }

    @Test
    void aClientThatAsksTooFastIsAnsweredLaterButAnswered() throws IOException {
        restart(new ControlLimits(2, 1_000, 1, PATIENCE, PATIENCE), node);
        ControlClient client = client();
        List<Object> answers = new ArrayList<>();

        for (int i = 0; i < 50; i++) {
            client.ask("status", Map.of(), answers::add);
        }

        assertThat(answers).hasSize(50);
    }

    private void restart(ControlLimits limits, StagedControl control) throws IOException {
        server.close();
        server = StagedControl.serve(home, control, limits);
    }

    private ControlClient client() {
        ControlClient client =
                ControlClient.connect(ControlSocket.in(home), PATIENCE).orElseThrow();
        open.add(client);
        return client;
    }

    private ControlClient whenASeatIsFree() {
        while (true) {
            try {
                return client();
            } catch (Failure e) {
                Thread.onSpinWait();
            }
        }
    }

    private SocketChannel raw() throws IOException {
        SocketChannel raw = SocketChannel.open(UnixDomainSocketAddress.of(ControlSocket.in(home)));
        open.add(raw);
        return raw;
    }

    private static void send(SocketChannel to, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            to.write(bytes);
        }
    }

    private static void sendUntilRefused(SocketChannel to, ByteBuffer bytes) {
        try {
            while (bytes.hasRemaining()) {
                to.write(bytes);
            }
        } catch (IOException e) {
            // The server closed it in the middle, as it should.
        }
    }

    private static boolean ends(LineReader lines) {
        try {
            return lines.next() == null;
        } catch (IOException e) {
            return true;
        }
    }
}
