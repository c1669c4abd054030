package dev.p2p.cli.key;

import static org.assertj.core.api.Assertions.assertThat;

import dev.p2p.cli.Typed;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code p2p keys gen} and {@code p2p keys show}. */
class KeysCommandTest {

    @TempDir
    private Path folder;

    @Test
    void genPrintsOneBareLineAndShowPrintsItAgain() {
        String file = folder.resolve("key.json").toString();

        String id = Typed.words("keys", "gen", "--out", file).well().out();

        assertThat(id).matches("[0-9a-f]{40}\\R");
        assertThat(Typed.words("keys", "show", file).well().out()).isEqualTo(id);
    }

    @Test
    void showPutsTheIdBeforeAPlace() {
        String file = folder.resolve("key.json").toString();
        String id = Typed.words("keys", "gen", "--out", file).well().out().strip();

        assertThat(Typed.words("keys", "show", file, "--address", "[2001:DB8::1]:26656")
                        .well()
                        .out()
                        .strip())
                .isEqualTo(id + "@[2001:db8::1]:26656");
        Typed.words("keys", "show", file, "--address", "no-port").failed(2, "P2P-ADDRESS-INVALID");
    }

    @Test
    void bothSpeakJson() {
        String file = folder.resolve("key.json").toString();

        var made =
                Typed.words("keys", "gen", "--out", file, "-o", "json").well().json();
        var shown = Typed.words("keys", "show", file, "--address", "h:1", "-o", "json")
                .well()
                .json();

        assertThat(made.get("kind").getAsString()).isEqualTo("key");
        assertThat(made.get("file").getAsString()).isEqualTo(file);
        assertThat(shown.get("schema").getAsInt()).isOne();
        assertThat(shown.get("id")).isEqualTo(made.get("id"));
        assertThat(shown.get("public_key").getAsString()).matches("[0-9a-f]{64}");
        assertThat(shown.get("address").getAsString()).isEqualTo(made.get("id").getAsString() + "@h:1");
        assertThat(shown.keySet()).doesNotContain("seed", "value", "priv_key");
    }

    @Test
    void genRefusesToReplaceUnlessForced() throws Exception {
        Path file = folder.resolve("key.json");
        Typed.words("keys", "gen", "--out", file.toString()).well();
        String before = Files.readString(file);

        Typed.words("keys", "gen", "--out", file.toString()).failed(1, "P2P-KEY-EXISTS");
        assertThat(file).hasContent(before);

        Typed.words("keys", "gen", "--out", file.toString(), "--force").well();
        assertThat(Files.readString(file)).isNotEqualTo(before);
    }

    @Test
    void genSaysWhenItCannotWrite() throws Exception {
        Path inTheWay = Files.writeString(folder.resolve("file"), "");

        Typed.words("keys", "gen", "--out", inTheWay.resolve("key.json").toString())
                .failed(1, "P2P-KEY-(UNWRITABLE|EXISTS)");
    }
}
