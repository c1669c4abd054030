package dev.p2p.cli.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import dev.p2p.cli.Typed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code p2p plugins list}. */
class PluginsCommandTest {

    @TempDir
    private Path folder;

    @Test
    void listsWhatTheProgramBringsAlong() {
        assertThat(list().well().out().lines()).first().asString().matches("KIND +NAME +MODULE +STATE +FROM");
        assertThat(list().out().lines().skip(1))
                .allMatch(line -> line.matches(".* ready +image"))
                .anyMatch(line -> line.matches("transport +tcp +dev\\.p2p\\.transport\\.tcp.*"))
                .anyMatch(line -> line.matches("transport +memory .*"))
                .anyMatch(line -> line.matches("stream-protocol +comet .*"))
                .anyMatch(line -> line.matches("reactor +pex .*"))
                .anyMatch(line -> line.matches("store +rocksdb .*"))
                .anyMatch(line -> line.matches("store +memory .*"));
    }

    @Test
    void listsForPrograms() {
        var list = list("-o", "json").well().json();

        assertThat(list.get("kind").getAsString()).isEqualTo("plugins");
        assertThat(list.getAsJsonArray("items"))
                .extracting(JsonElement::getAsJsonObject)
                .allSatisfy(item ->
                        assertThat(item.keySet()).containsExactlyInAnyOrder("kind", "name", "module", "state", "from"));
    }

    @Test
    void aBrokenJarIsListedWithTheOthersAndTheExitCodeTells() throws IOException {
        Path broken = Files.writeString(folder.resolve("broken.jar"), "no jar");

        Typed list = list();

        assertThat(list.exitCode()).isEqualTo(9);
        assertThat(list.out().lines())
                .anyMatch(line -> line.startsWith("transport ") && line.endsWith("image"))
                .last()
                .asString()
                .contains("broken: ")
                .endsWith(broken.toString());
        assertThat(list.err()).startsWith("error: cannot load the plug-in " + broken + " (P2P-PLUGIN-BROKEN)");
    }

    @Test
    void aNodeDoesNotStartWithABrokenPlugIn() throws IOException {
        Files.createDirectory(folder.resolve("empty"));

        Typed.words("node", "run", "--home", folder.resolve("home").toString(), "--plugins", folder.toString())
                .failed(1, "P2P-PLUGIN-BROKEN");
        assertThat(folder.resolve("home")).doesNotExist();
    }

    @Test
    void whatIsNeitherAJarNorAFolderIsNoPlugIn() throws IOException {
        Files.writeString(folder.resolve("README.txt"), "put jars here");

        assertThat(list().well().out()).doesNotContain("README");
    }

    @Test
    void aFolderThatIsNamedMustExist() {
        Typed.words("plugins", "list", "--plugins", folder.resolve("none").toString())
                .failed(3, "P2P-PLUGINS-NOT-FOUND");
    }

    private Typed list(String... more) {
        String[] words = {"plugins", "list", "--plugins", folder.toString()};
        String[] all = java.util.Arrays.copyOf(words, words.length + more.length);
        System.arraycopy(more, 0, all, words.length, more.length);
        return Typed.words(all);
    }
}
