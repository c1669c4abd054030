package dev.p2p.cli.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.p2p.cli.Typed;
import dev.p2p.cli.output.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node's folder. */
class NodeHomeTest {

    @TempDir
    private Path folder;

    @Test
    void isMadeOnTheFirstUseAndKeepsTheIdentity() {
        Path place = folder.resolve("a").resolve("b");
        var first = NodeHome.open(place).key(new SecureRandom());
        var second = NodeHome.open(place).key(new SecureRandom());

        assertThat(second.id()).isEqualTo(first.id());
        assertThat(place.resolve("config").resolve("node_key.json")).isRegularFile();
    }

    @Test
    void isRefusedWhereAFileIsInTheWay() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        for (Path home : new Path[] {file, file.resolve("below")}) {
            Failure failure = catchThrowableOfType(Failure.class, () -> NodeHome.open(home));

            assertThat(failure).hasMessage("cannot use the home folder " + home);
            assertThat(failure.exitCode()).isEqualTo(8);
        }
    }

    @Test
    void nothingIsMadeForACommandLineThatCannotWork() {
        Path home = folder.resolve("home");

        Typed.words("node", "run", "--home", home.toString(), "--laddr", "nowhere")
                .failed(2, "P2P-ADDRESS-INVALID");
        Typed.words("node", "run", "--home", home.toString(), "--laddr", "quic://127.0.0.1:0")
                .failed(2, "P2P-PROTOCOL-UNKNOWN");
        Typed.words("node", "run", "--home", home.toString(), "--for", "soon").failed(2, "P2P-DURATION-INVALID");
        Typed.words("node", "run", "--home", home.toString(), "--persistent-peers", "abc")
                .failed(2, "P2P-ADDRESS-INVALID");
        Typed.words("node", "run", "--home", home.toString(), "--store", "shoebox")
                .failed(2, "P2P-USAGE");

        Typed.words("node", "run", "--home", home.toString(), "--seeds", "abc").failed(2, "P2P-ADDRESS-INVALID");
        Typed.words("node", "run", "--home", home.toString(), "--private-peers", "abc")
                .failed(2, "P2P-ID-INVALID");
        Typed.words("node", "run", "--home", home.toString(), "--no-pex", "--seed-mode")
                .failed(2, "P2P-USAGE");
        Typed.words("node", "run", "--home", home.toString(), "--channels", "100")
                .failed(2, "P2P-OPTION-INVALID");
        Typed.words("node", "run", "--home", home.toString(), "--reactor", "nobody")
                .failed(2, "P2P-OPTION-INVALID");
        Typed.words("node", "run", "--home", home.toString(), "--reactor", "pex:fast")
                .failed(2, "P2P-OPTION-INVALID");

        assertThat(home).doesNotExist();
    }
}
