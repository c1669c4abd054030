package dev.p2p.it.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a user gets wrong has four lines, a stable code and its exit code, and no stack trace unless asked for. */
class BadInputIT {

    private final Program p2p = Program.built();

    @TempDir
    private Path folder;

    private String home;

    @BeforeEach
    void nameAHome() {
        home = folder.resolve("home").toString();
    }

    @Test
    void aWrongKeyFile() throws Exception {
        Path config = Files.createDirectories(Path.of(home, "config"));
        Files.writeString(config.resolve("node_key.json"), "{\"priv_key\":{}}");

        p2p.run("node", "run", "--home", home).failedWith(10, "P2P-KEY-INVALID");
        p2p.run("keys", "show", config.resolve("node_key.json").toString()).failedWith(10, "P2P-KEY-INVALID");
        p2p.run("keys", "show", folder.resolve("none").toString()).failedWith(3, "P2P-KEY-NOT-FOUND");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--laddr=nowhere", "--laddr=tcp://127.0.0.1:65536", "--persistent-peers=127.0.0.1:26656"})
    void aWrongAddress(String option) throws Exception {
        p2p.run("node", "run", "--home", home, option).failedWith(2, "P2P-ADDRESS-INVALID");
        assertThat(Path.of(home)).doesNotExist();
    }

    @Test
    void aPortInUse() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Ended node = p2p.run("node", "run", "--home", home, "--laddr", "tcp://127.0.0.1:" + taken.getLocalPort());

            node.failedWith(1, "P2P-LISTEN-FAILED");
            assertThat(node.err()).contains("Address already in use").contains("--laddr");
        }
    }

    /** The tests may run as root, whom no mode stops. */
    @Test
    void aHomeThatCannotBeWrittenTo() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");

        p2p.run("node", "run", "--home", file.toString()).failedWith(8, "P2P-HOME-NOT-WRITABLE");
        p2p.run("node", "run", "--home", "/proc/p2p").failedWith(8, "P2P-HOME-NOT-WRITABLE");
        Ended demo = p2p.run("demo", "--nodes", "2", "--home", file.toString());
        assertThat(demo.exitCode()).isEqualTo(8);
        demo.assertFourLines("P2P-HOME-NOT-WRITABLE");
    }

    @Test
    void aStoreThatAnotherNodeHasOpen() throws Exception {
        try (Running first = p2p.start("node", "run", "--home", home)) {
            first.awaitListening();

            Ended second = p2p.run("node", "run", "--home", home);

            second.failedWith(7, "P2P-STORE-LOCKED");
            assertThat(second.err()).contains(home + "/data/peers");
            first.stop().well();
        }
    }

    @Test
    void aFolderWithoutAStore() throws Exception {
        p2p.run("peers", "list", "--db", folder.toString()).failedWith(3, "P2P-STORE-NOT-FOUND");
    }

    @Test
    void anUnknownFlagOrCommand() throws Exception {
        Ended command = p2p.run("nod", "run");
        Ended flag = p2p.run("node", "run", "--hom", home);

        command.failedWith(2, "P2P-USAGE");
        assertThat(command.err()).contains("'nod'").contains("try:   p2p node");
        flag.failedWith(2, "P2P-USAGE");
        assertThat(flag.err()).contains("'--hom'").contains("try:   p2p node run --home");
    }

    @Test
    void aBrokenPlugIn() throws Exception {
        Path broken = Files.writeString(
                Files.createDirectory(folder.resolve("plugins")).resolve("broken.jar"), "no jar");
        String plugins = broken.getParent().toString();

        p2p.run("node", "run", "--home", home, "--plugins", plugins).failedWith(1, "P2P-PLUGIN-BROKEN");
        Ended list = p2p.run("plugins", "list", "--plugins", plugins);
        assertThat(list.exitCode()).isEqualTo(9);
        assertThat(list.out()).contains("broken: ").contains(broken.toString());
        list.assertFourLines("P2P-PLUGIN-BROKEN");
    }

    @Test
    void theStackTraceIsThereForThoseWhoAsk() throws Exception {
        Ended verbose = p2p.run("keys", "show", folder.resolve("none").toString(), "-v");

        assertThat(verbose.exitCode()).isEqualTo(3);
        assertThat(verbose.err())
                .startsWith("error: ")
                .contains("\tat dev.p2p.cli")
                .contains("Caused by: java.nio.file.NoSuchFileException");
    }
}
