package dev.p2p.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.p2p.cli.Typed;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code p2p demo}. */
class DemoCommandTest {

    @TempDir
    private Path folder;

    @Test
    void inAPipeItShowsALineASecondASummaryAndHowToGoOn() {
        Typed demo = Typed.words(
                        "demo", "--nodes", "3", "--transport", "memory", "--for", "2s", "--home", folder.toString())
                .well();

        String store = folder.resolve("node-1/data/peers").toString();
        assertThat(demo.out().lines())
                .startsWith("starting 3 nodes over memory in " + folder)
                .anyMatch(line -> line.matches("nodes 3  connections \\d+  in \\d+ msg/s  .*/s  round trip .*"))
                .anyMatch(line -> line.matches("ran .* with 3 nodes and \\d+ connections; .*"))
                .anyMatch(line -> line.matches("received \\d+ messages, .*"))
                .last()
                .asString()
                .isEqualTo("look into a node's store: p2p peers list --db " + store);
        Typed.words("peers", "list", "--db", store, "-q").well();
    }

    @Test
    void refusesWhatItCannotShow() {
        Typed.words("demo", "--nodes", "1").failed(2, "P2P-USAGE");
        Typed.words("demo", "--nodes", "65").failed(2, "P2P-USAGE");
        Typed.words("demo", "--nodes", "many").failed(2, "P2P-USAGE");
        Typed.words("demo", "--for", "ever").failed(2, "P2P-DURATION-INVALID");
    }

    @Test
    void refusesATransportThatItDoesNotKnow() {
        Typed.words("demo", "--transport", "pigeon", "--home", folder.toString())
                .failed(2, "P2P-TRANSPORT-UNKNOWN");

        assertThat(folder).isEmptyDirectory();
    }
}
