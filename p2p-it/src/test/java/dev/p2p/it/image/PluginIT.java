package dev.p2p.it.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A stranger's transport, dropped in: the example for Unix sockets, which was compiled against {@code p2p-api} alone and is
 * unknown to the image.
 */
class PluginIT {

    private static final Path JAR_FOLDER = Path.of(System.getProperty("p2p.plugins"));

    @TempDir
    private Path folder;

    @Test
    void theImageDoesNotKnowTheProtocolByItself() throws Exception {
        Program.built()
                .run("node", "run", "--home", home("a"), "--laddr", socket("a"))
                .failedWith(2, "P2P-PROTOCOL-UNKNOWN");
    }

    @Test
    void aFolderThatIsNamedOnTheCommandLineExtendsIt() throws Exception {
        Program p2p = Program.built();
        String[] plugins = {"--plugins", JAR_FOLDER.toString()};

        assertThat(listed(p2p, plugins)).isEqualTo(jar(JAR_FOLDER).toString());
        twoNodesMeetOverUnixSockets(p2p, plugins);
    }

    @Test
    void aFolderBesideTheImageExtendsIt() throws Exception {
        Path image = folder.resolve("image");
        copy(Program.image(), image);
        Path plugins = Files.createDirectory(image.resolve("plugins"));
        Path jar = jar(JAR_FOLDER);
        Files.copy(jar, plugins.resolve(jar.getFileName()));
        Program p2p = Program.in(image);

        assertThat(listed(p2p)).isEqualTo(jar(plugins).toRealPath().toString());
        twoNodesMeetOverUnixSockets(p2p);
    }

    /** Where the list says that the transport came from. */
    private static String listed(Program p2p, String... plugins) throws Exception {
        var items = p2p.run(words(plugins, "plugins", "list", "-o", "json"))
                .well()
                .json()
                .getAsJsonArray("items");
        JsonObject unix = items.asList().stream()
                .map(item -> item.getAsJsonObject())
                .filter(item -> item.get("name").getAsString().equals("unix"))
                .findFirst()
                .orElseThrow();
        assertThat(unix.get("kind").getAsString()).isEqualTo("transport");
        assertThat(unix.get("state").getAsString()).isEqualTo("ready");
        assertThat(unix.get("module").getAsString()).startsWith("com.example.p2p.unix");
        return unix.get("from").getAsString();
    }

    private void twoNodesMeetOverUnixSockets(Program p2p, String... plugins) throws Exception {
        try (Running a = p2p.start(words(plugins, "node", "run", "--home", home("a"), "--laddr", socket("a")))) {
            String addressOfA = a.awaitListening();
            assertThat(addressOfA).matches("unix://[0-9a-f]{40}@/.*/a\\.sock");
            try (Running b = p2p.start(words(
                    plugins,
                    "node",
                    "run",
                    "--home",
                    home("b"),
                    "--laddr",
                    socket("b"),
                    "--persistent-peers",
                    addressOfA))) {
                b.awaitListening();
                a.awaitLog("peer up ");
                b.awaitLog("peer up ");
                b.stop().well();
            }
            a.stop().well();
            JsonObject peer = p2p.run("peers", "list", "--db", home("b") + "/data/peers", "-o", "json")
                    .well()
                    .json()
                    .getAsJsonArray("items")
                    .get(0)
                    .getAsJsonObject();
            assertThat(peer.getAsJsonArray("addresses").toString()).contains(addressOfA);
            assertThat(peer.has("last_connected")).isTrue();
        }
    }

    private static String[] words(String[] plugins, String... command) {
        return Stream.of(command, plugins).flatMap(Stream::of).toArray(String[]::new);
    }

    private static Path jar(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static void copy(Path from, Path to) throws Exception {
        Ended copied = new Program(Path.of("/bin/cp"), Map.of()).run("-R", from.toString(), to.toString());
        assertThat(copied.exitCode()).as("exit code of cp; %s", copied).isZero();
    }

    private String home(String name) {
        return folder.resolve(name).toString();
    }

    private String socket(String name) {
        return "unix://" + folder.resolve(name + ".sock");
    }
}
