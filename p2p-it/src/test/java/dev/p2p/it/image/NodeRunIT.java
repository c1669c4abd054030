package dev.p2p.it.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code p2p node run} from its first line to its end. */
class NodeRunIT {

    private static final String LISTENING = "listening [0-9a-f]{40}@127\\.0\\.0\\.1:[1-9]\\d*\\n";

    private final Program p2p = Program.built();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    void aSignalEndsItInOrderAfterOneLineOnStandardOutput(String signal) throws Exception {
        try (Running node = p2p.start("node", "run", "--home", home("a"))) {
            node.awaitListening();
            node.signal(signal);

            assertThat(node.awaitEnd().well().out()).matches(LISTENING);
        }
    }

    @Test
    void itEndsByItselfWhenItsTimeIsOver() throws Exception {
        assertThat(p2p.run("node", "run", "--home", home("a"), "--for", "500ms")
                        .well()
                        .out())
                .matches(LISTENING);
    }

    @Test
    void itKeepsItsIdentityOverARestart() throws Exception {
        String first = p2p.run("node", "run", "--home", home("a"), "--for", "100ms")
                .well()
                .out();
        String second = p2p.run("node", "run", "--home", home("a"), "--for", "100ms")
                .well()
                .out();

        assertThat(id(second)).isEqualTo(id(first));
        assertThat(p2p.run("keys", "show", home("a") + "/config/node_key.json")
                        .out()
                        .strip())
                .isEqualTo(id(first));
    }

    @Test
    void withAStoreInMemoryNothingButTheKeyIsLeft() throws Exception {
        p2p.run("node", "run", "--home", home("a"), "--store", "memory", "--for", "500ms")
                .well();

        try (var files = Files.walk(Path.of(home("a")))) {
            assertThat(files.filter(Files::isRegularFile))
                    .containsExactly(Path.of(home("a"), "config", "node_key.json"));
        }
    }

    @Test
    void twoNodesMeetAndRememberEachOther() throws Exception {
        try (Running a = p2p.start("node", "run", "--home", home("a"), "--moniker", "anna")) {
            String addressOfA = a.awaitListening();
            try (Running b = p2p.start(
                    "node", "run", "--home", home("b"), "--moniker", "ben", "--persistent-peers", addressOfA)) {
                String addressOfB = b.awaitListening();
                a.awaitLog("\"ben\"");
                b.awaitLog("\"anna\"");
                b.stop().well();
                Ended stopped = a.stop().well();

                assertThat(stopped.out()).matches(LISTENING);
                assertThat(stopped.err()).contains("peer up " + id(addressOfB), "peer down " + id(addressOfB));
                assertThat(onlyPeer("b").get("id").getAsString()).isEqualTo(id(addressOfA));
                assertThat(onlyAddress("b")).isEqualTo("tcp://" + addressOfA);
                assertThat(onlyPeer("a").get("id").getAsString()).isEqualTo(id(addressOfB));
                assertThat(onlyPeer("b").has("last_connected")).isTrue();
            }
        }
    }

    @Test
    void aStoreCanBeReadWhileItsNodeRuns() throws Exception {
        try (Running node = p2p.start("node", "run", "--home", home("a"))) {
            node.awaitListening();

            assertThat(p2p.run("peers", "list", "--db", home("a") + "/data/peers")
                            .well()
                            .out())
                    .contains("0 of 0 shown");
        }
    }

    @Test
    void anotherProgramSeesWhoRuns() throws Exception {
        try (Running node = p2p.start("node", "run", "--home", home("a"), "--chain-id", "chain-a")) {
            String address = node.awaitListening();

            JsonObject found = p2p.run("probe", address, "--chain-id", "chain-a", "-o", "json")
                    .well()
                    .json()
                    .getAsJsonArray("items")
                    .get(0)
                    .getAsJsonObject();

            assertThat(found.get("id").getAsString()).isEqualTo(id(address));
            assertThat(found.get("network").getAsString()).isEqualTo("chain-a");
            assertThat(p2p.run("probe", address, "--chain-id", "chain-b").exitCode())
                    .isEqualTo(5);
        }
    }

    private JsonObject onlyPeer(String name) throws Exception {
        var items = p2p.run("peers", "list", "--db", home(name) + "/data/peers", "-o", "json")
                .well()
                .json()
                .getAsJsonArray("items");
        assertThat(items).hasSize(1);
        return items.get(0).getAsJsonObject();
    }

    private String onlyAddress(String name) throws Exception {
        var addresses = onlyPeer(name).getAsJsonArray("addresses");
        assertThat(addresses).hasSize(1);
        return addresses.get(0).getAsJsonObject().get("address").getAsString();
    }

    private static String id(String listening) {
        return listening.replaceFirst("^listening ", "").replaceFirst("@(?s:.*)", "");
    }

    private String home(String name) {
        return folder.resolve("home of " + name).toString();
    }
}
