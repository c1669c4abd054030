package dev.p2p.it.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that inspect and change peers, as the image runs them: beside a running node, and on what it left. */
class InspectIT {

    private static final String STRANGER = "1111111111111111111111111111111111111111";
    private static final String FRIEND = "2222222222222222222222222222222222222222";

    private final Program p2p = Program.built();

    @TempDir
    private Path folder;

    @Test
    void aRunningNodeIsSeenAndSteered() throws Exception {
        try (Running a = p2p.start("node", "run", "--home", home("a"), "--moniker", "anna")) {
            String addressOfA = a.awaitListening();
            try (Running b = p2p.start(
                    "node", "run", "--home", home("b"), "--moniker", "ben", "--persistent-peers", addressOfA)) {
                String idOfB = b.awaitListening().substring(0, 40);
                a.awaitLog("\"ben\"");

                JsonObject status = live("status", "-o", "json").well().json();
                assertThat(status.get("name").getAsString()).isEqualTo("anna");
                assertThat(status.get("connected").getAsInt()).isEqualTo(1);
                assertThat(live("status").well().out()).contains("node ", "phase ", "peers     1 connected");
                assertThat(live("peers", "list").well().out()).contains("ben", "connected", "1 of 1 shown");
                assertThat(live("peers", "list").err()).startsWith("source: live node " + addressOfA.substring(0, 10));
                assertThat(live("peers", "list", "-o", "name", "-q").well().out())
                        .isEqualTo(idOfB + "\n");
                assertThat(live("peers", "show", idOfB.substring(0, 6)).well().out())
                        .contains("\"ben\"", "link      in");
                assertThat(live("peers", "explain", idOfB).well().out()).contains("is CONNECTED", "because");
                assertThat(live("peers", "history", idOfB).well().out()).contains("admitted");
                live("peers", "scores", idOfB).well();
                live("peers", "stats").well();
                live("peers", "add", STRANGER + "@127.0.0.1:9", "--private").well();
                live("peers", "connect", STRANGER).well();
                assertThat(live("events", "-o", "jsonl", "--count", "1", "--peer", "1111")
                                .well()
                                .out())
                        .contains("\"kind\":\"event\"");
                live("peers", "ban", idOfB, "127.77.0.0/16", "--for", "2h", "--reason", "test")
                        .well();
                assertThat(live("peers", "bans", "-o", "name", "-q").well().out())
                        .isEqualTo(idOfB + "\n127.77.0.0/16\n");
                assertThat(live("peers", "list", "--banned", "-q", "-o", "name")
                                .well()
                                .out())
                        .isEqualTo(idOfB + "\n");
                live("peers", "unban", idOfB, "127.77.0.0/16").well();
                live("peers", "disconnect", STRANGER, "-q").failedWith(3, "P2P-PEER-NOT-FOUND");
                live("peers", "remove", STRANGER, "-y").well();
                assertThat(live("addrbook", "export").well().out()).contains("\"addrs\"");
                assertThat(p2p.run("peers", "verify", "--db", home("a") + "/data/peers")
                                .well()
                                .out())
                        .contains("result     OK");
                p2p.run("peers", "compact", "--db", home("a") + "/data/peers").failedWith(7, "P2P-STORE-LOCKED");
                b.stop().well();
            }
            a.stop().well();
        }
        assertThat(Path.of(home("a"), "control.sock")).doesNotExist();
        live("status").failedWith(4, "P2P-NODE-NOT-RUNNING");
        assertThat(live("peers", "list").well().err()).startsWith("source: store ");
    }

    @Test
    void aStoreIsChangedExportedComparedAndKeptInOrder() throws Exception {
        String store = folder.resolve("store").toString();
        String copy = folder.resolve("copy").toString();
        String export = folder.resolve("export.jsonl").toString();
        p2p.run("peers", "add", "--db", store, FRIEND + "@127.0.0.1:26656", STRANGER + "@10.0.0.9:26656")
                .well();
        p2p.run("peers", "ban", "2222", "--db", store, "--for", "forever").well();
        p2p.run("peers", "export", "--db", store, "--out", export).well();
        p2p.run("peers", "import", export, "--db", copy).well();

        assertThat(p2p.run("peers", "diff", store, copy).well().out()).contains("0 of 0 shown");
        assertThat(p2p.run("peers", "unban", "--all", "-y", "--db", copy).well().out())
                .startsWith(FRIEND);
        assertThat(p2p.run("peers", "diff", export, copy, "-o", "jsonl").well().out())
                .contains("\"change\":\"changed\"");
        assertThat(p2p.run("peers", "prune", "--state", "untried", "-y", "--db", copy)
                        .well()
                        .out())
                .contains("forgot 2 of 2");
        assertThat(p2p.run("peers", "compact", "--db", store).well().out()).startsWith("compacted ");
        p2p.run("peers", "verify", "--deep", "--db", store).well();
        assertThat(p2p.run(
                                "peers",
                                "salvage",
                                "--db",
                                store,
                                "--to",
                                folder.resolve("saved").toString())
                        .well()
                        .out())
                .startsWith("saved 2 peers, 1 bans");
    }

    @Test
    void filesComeIntoARunningNode() throws Exception {
        String export = folder.resolve("export.jsonl").toString();
        String store = folder.resolve("store").toString();
        p2p.run("peers", "add", "--db", store, FRIEND + "@127.0.0.1:9", STRANGER + "@127.0.0.1:9")
                .well();
        p2p.run("peers", "ban", "1111", "--db", store, "--for", "forever", "--reason", "test")
                .well();
        p2p.run("peers", "export", "--history", "--db", store, "--out", export).well();
        try (Running a = p2p.start("node", "run", "--home", home("a"))) {
            a.awaitListening();
            assertThat(live("peers", "import", export, "--dry-run").well().out())
                    .startsWith("read 2   added 2 ");
            assertThat(live("peers", "list").well().out()).contains("0 of 0 shown");
            assertThat(live("peers", "import", export).well().out()).startsWith("read 2   added 2 ");
            assertThat(live("peers", "import", export).well().out()).contains("unchanged 2 ");
            assertThat(live("peers", "history", "1111").well().out()).contains("banned");
            String book = folder.resolve("addrbook.json").toString();
            p2p.run("addrbook", "export", "--db", store, "--out", book).well();
            assertThat(live("addrbook", "import", book, "--scope", "any").well().out())
                    .contains("unchanged 2 ");
            Path odd =
                    Files.writeString(folder.resolve("odd.jsonl"), "{\"id\":7}\n" + Files.readString(Path.of(export)));
            assertThat(live("peers", "import", odd.toString()).exitCode()).isEqualTo(9);
            a.stop().well();
        }
        assertThat(live("peers", "bans", "-o", "name", "-q").well().out()).isEqualTo(STRANGER + "\n");
        assertThat(live("peers", "history", "1111", "--type", "banned").well().out())
                .contains("test");
    }

    @Test
    void aCometBftAddressBookComesInAndGoesOut() throws Exception {
        Path book = Files.writeString(folder.resolve("addrbook.json"), """
                {"key":"9f3a1c5d7e2b4f6081a3c5d7","addrs":[
                {"addr":{"id":"%1$s","ip":"127.0.0.1","port":26656},"src":{"id":"%1$s","ip":"127.0.0.1","port":26656},
                 "buckets":[1],"attempts":0,"bucket_type":1,"last_attempt":"2026-01-01T00:00:00Z",
                 "last_success":"0001-01-01T00:00:00Z","last_ban_time":"0001-01-01T00:00:00Z"},
                {"addr":{"id":"broken
                """.formatted(FRIEND));
        String store = folder.resolve("store").toString();

        Ended imported = p2p.run("addrbook", "import", book.toString(), "--scope", "any", "--db", store, "-q");

        assertThat(imported.exitCode()).isEqualTo(9);
        assertThat(imported.out()).startsWith("read 3   added 1 ");
        assertThat(imported.err()).contains("skipped entry 2 (line 5): a text does not end");
        assertThat(p2p.run("addrbook", "validate", book.toString()).exitCode()).isEqualTo(9);
        assertThat(p2p.run("addrbook", "show", book.toString()).exitCode()).isEqualTo(9);
        String again = folder.resolve("again.json").toString();
        p2p.run("addrbook", "export", "--db", store, "--out", again).well();
        assertThat(p2p.run("addrbook", "validate", again).well().out()).contains("1 good, 0 bad");
    }

    @Test
    void keysChangeTheirFormAndStayTheSame() throws Exception {
        String key = folder.resolve("node_key.json").toString();
        String pem = folder.resolve("key.pem").toString();
        String back = folder.resolve("back.json").toString();
        String id = p2p.run("keys", "gen", "--out", key).well().out();
        p2p.run("keys", "convert", key, "--to", "pem", "--out", pem).well();
        p2p.run("keys", "convert", pem, "--from", "pem", "--to", "cometbft", "--out", back)
                .well();

        assertThat(Files.readString(Path.of(back))).isEqualTo(Files.readString(Path.of(key)));
        assertThat(p2p.run("keys", "show", back).well().out()).isEqualTo(id);
    }

    @Test
    void manualPagesAreWritten() throws Exception {
        p2p.run("manual", folder.resolve("man").toString()).well();

        assertThat(folder.resolve("man").resolve("p2p-peers-list.1")).exists();
    }

    private Ended live(String... words) throws Exception {
        String[] line = Arrays.copyOf(words, words.length + 2);
        line[words.length] = "--home";
        line[words.length + 1] = home("a");
        return p2p.run(line);
    }

    private String home(String name) {
        return folder.resolve(name).toString();
    }
}
