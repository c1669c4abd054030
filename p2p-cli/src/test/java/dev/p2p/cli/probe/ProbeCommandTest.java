package dev.p2p.cli.probe;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import dev.p2p.api.NetEndpoint;
import dev.p2p.api.NodeKey;
import dev.p2p.cli.Typed;
import dev.p2p.cli.plugin.Plugins;
import dev.p2p.router.Router;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code p2p probe} against a real node, and against places where there is none. */
class ProbeCommandTest {

    private static final NodeKey KEY = NodeKey.ofSeed(new byte[32]);

    private static Router node;
    private static String place;

    @BeforeAll
    static void startANode() throws IOException {
        Plugins plugins = Plugins.load(Optional.empty());
        var builder = Router.builder(KEY, "chain-a")
                .moniker("probed")
                .version("1.2.3")
                .listen(new NetEndpoint("tcp", InetAddress.getLoopbackAddress(), 0))
                .reactor(plugins.reactors().require("pex"));
        plugins.transports().forEach(builder::transport);
        plugins.streamProtocol().ifPresent(builder::streamProtocol);
        node = builder.build();
        node.start();
        place = "127.0.0.1:" + ((NetEndpoint) node.endpoints().getFirst()).port();
    }

    @AfterAll
    static void stopTheNode() {
        node.close();
    }

    @Test
    void showsEachStageAndWhatTheNodeTells() {
        Typed probe = Typed.words("probe", place).well();

        assertThat(probe.out().lines())
                .anyMatch(line -> line.matches("TCP +connected +[\\d.]+ ms"))
                .anyMatch(line -> line.matches("ENCRYPTION +SecretConnection.*\\+[\\d.]+ ms"))
                .anyMatch(line -> line.matches("IDENTITY +" + KEY.id() + " .*signature ok"))
                .anyMatch(line -> line.matches("NODEINFO .*version 1\\.2\\.3 .*"))
                .anyMatch(line -> line.matches("NETWORK +chain-a"))
                .anyMatch(line -> line.matches("CHANNELS +00"))
                .anyMatch(line -> line.matches("VERDICT +compatible +\\(exit 0\\)"));
    }

    @Test
    void tellsProgramsTheSame() {
        JsonObject item = only(Typed.words("probe", place, "--chain-id", "chain-a", "-o", "json")
                .well());

        assertThat(item.get("verdict").getAsString()).isEqualTo("compatible");
        assertThat(item.get("id").getAsString()).isEqualTo(KEY.id().toString());
        assertThat(item.get("network").getAsString()).isEqualTo("chain-a");
        assertThat(item.get("channels").getAsJsonArray().asList())
                .extracting(element -> element.getAsString())
                .containsExactly("00");
        assertThat(item.getAsJsonObject("stages_ms").keySet())
                .containsExactly("tcp", "encryption", "identity", "nodeinfo");
    }

    @Test
    void anotherNetworkIsIncompatible() {
        Typed probe = Typed.words("probe", place, "--chain-id", "chain-b", "-o", "json");

        assertThat(probe.exitCode()).isEqualTo(5);
        assertThat(only(probe).get("verdict").getAsString()).isEqualTo("wrong-network");
    }

    @Test
    void anotherIdentityIsAnAlarm() {
        String other = "24f6ed6acbfe1009c030d7ca567c33ca48309114";

        Typed byOption = Typed.words("probe", place, "--expect-id", other, "-o", "json");
        Typed byAddress = Typed.words("probe", other + "@" + place, "-o", "json");

        assertThat(byOption.exitCode()).isEqualTo(6);
        assertThat(byAddress.exitCode()).isEqualTo(6);
        assertThat(only(byAddress).get("verdict").getAsString()).isEqualTo("wrong-id");
        Typed.words("probe", KEY.id() + "@" + place).well();
    }

    @Test
    void aClosedPortDoesNotAnswer() throws IOException {
        int port;
        try (ServerSocket soonClosed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = soonClosed.getLocalPort();
        }

        Typed probe = Typed.words("probe", "127.0.0.1:" + port);

        assertThat(probe.exitCode()).isEqualTo(4);
        assertThat(probe.out()).contains("nobody listens there").contains("(exit 4)");
    }

    @Test
    void aSilentServerDoesNotAnswer() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Typed probe = Typed.words("probe", "127.0.0.1:" + silent.getLocalPort(), "--timeout", "300ms");

            assertThat(probe.exitCode()).as(probe.out()).isEqualTo(4);
        }
    }

    @Test
    void differingResultsHaveAnExitCodeOfTheirOwn() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String other = "127.0.0.1:" + silent.getLocalPort();

            // The limit holds for the node that answers too: long enough for a busy machine.
            assertThat(Typed.words("probe", place, other, "--timeout", "5s").exitCode())
                    .isEqualTo(9);
        }
    }

    @Test
    void whatIsNoAddressIsRefused() {
        Typed.words("probe", "nowhere").failed(2, "P2P-ADDRESS-INVALID");
        Typed.words("probe", "memory://a:7").failed(2, "P2P-ADDRESS-INVALID");
        Typed.words("probe", place, "--expect-id", "abc").failed(2, "P2P-ID-INVALID");
        Typed.words("probe").failed(2, "P2P-USAGE");
    }

    private static JsonObject only(Typed probe) {
        assertThat(probe.json().getAsJsonArray("items")).hasSize(1);
        return probe.json().getAsJsonArray("items").get(0).getAsJsonObject();
    }
}
