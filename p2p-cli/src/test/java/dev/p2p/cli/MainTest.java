package dev.p2p.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the program does with words that it knows and does not know. */
class MainTest {

    @ParameterizedTest
    @CsvSource({
        "prob,                  p2p probe",
        "keys shwo,             p2p keys show",
        "node rum,              p2p node run",
        "plugins lst,           p2p plugins list",
        "version --verbos,      p2p version --verbose",
        "node run --hom x,      p2p node run --home",
        "node run --home x --lader y, p2p node run --laddr",
        "--version,             p2p version"
    })
    void aWordThatIsNotKnownIsAnsweredWithTheNearestOne(String words, String suggestion) {
        Typed typed = Typed.words(words.split(" ")).failed(2, "P2P-USAGE");

        assertThat(typed.remedy()).startsWith(suggestion);
        assertThat(typed.cause()).containsAnyOf("Unknown option", "Unmatched argument");
    }

    @ParameterizedTest
    @ValueSource(strings = {"xyzzy", "keys", "node", "peers", "plugins", "node run", "keys gen", "version -o yaml"})
    void aCommandLineThatSaysTooLittleLeadsToHelp(String words) {
        Typed typed = Typed.words(words.split(" ")).failed(2, "P2P-USAGE");

        assertThat(typed.err().lines().skip(2))
                .allSatisfy(line -> assertThat(line).contains(" p2p "));
        assertThat(typed.err().lines().skip(2).map(line -> line.substring(7))).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo --for 1s -o json",
                "node run --home DIR --for 1s -o json",
                "peers export --db DIR -o csv",
                "addrbook export --db DIR -o json",
                "completion bash -o json",
                "manual DIR -o name"
            })
    void aFormatThatDoesNothingIsRefused(String words, @TempDir Path folder) {
        Path place = folder.resolve("place");
        Typed.words(words.replace("DIR", place.toString()).split(" ")).failed(2, "P2P-FORMAT-UNFIT");
        assertThat(place).doesNotExist();
    }

    @Test
    void aFormatThatDoesNotFitIsRefusedBeforeAnythingIsDone(@TempDir Path folder) {
        Path store = folder.resolve("store");
        SampleStore.make(store);
        Path made = folder.resolve("made");

        Typed.words("peers", "unban", "41d7", "--db", store.toString(), "-o", "csv")
                .failed(2, "P2P-FORMAT-UNFIT");
        Typed.words("keys", "gen", "--out", made.toString(), "-o", "name").failed(2, "P2P-FORMAT-UNFIT");
        Typed.words("crawl", "--start", "127.0.0.1:1", "--out", made.toString(), "-o", "jsonl")
                .failed(2, "P2P-FORMAT-UNFIT");

        assertThat(new CommandRun()
                        .run("peers", "bans", "--db", store.toString(), "-o", "name")
                        .out())
                .contains("41d7aa30ce0000000000000000000000000000aa");
        assertThat(made).doesNotExist();
        assertThat(Typed.words("crawl", "--help", "-o", "csv").exitCode()).isZero();
    }

    @Test
    void withoutACommandItSaysSo() {
        assertThat(Typed.words().failed(2, "P2P-USAGE").cause()).isEqualTo("a command is missing");
    }

    @Test
    void helpBeginsWithExamplesAndNamesAllCommands() {
        Typed help = Typed.words("--help").well();

        assertThat(help.out()).startsWith("Examples:");
        assertThat(Stream.of("demo", "node", "peers", "probe", "ping", "crawl", "keys", "plugins", "version"))
                .allSatisfy(command -> assertThat(help.out()).contains("\n  " + command));
    }

    @Test
    void theHelpSaysOfEachCommandWhatItDoes() {
        String all = Typed.words("--help").well().out();
        String listed = all.substring(all.indexOf("Commands:"));

        assertThat(listed)
                .doesNotContain("Examples:", "%n")
                .contains("\n  crawl       Walks a network")
                .contains("\n  demo        Starts several complete nodes in one process.\n");
        assertThat(Typed.words("peers", "--help").well().out())
                .contains("\n  list        Lists the peers that a node knows.\n");
    }

    @Test
    void aVariableThatIsNotSetIsNoFolder() {
        assertThat(Typed.words("crawl", "--start", "127.0.0.1:1", "--out", "")
                        .failed(2, "P2P-USAGE")
                        .cause())
                .contains("--out")
                .contains("is missing");
        Typed.words("node", "run", "--home", "").failed(2, "P2P-USAGE");
    }

    @Test
    void versionForProgramsHasSchemaKindCipherAndModules() {
        var version = Typed.words("version", "-o", "json").well().json();

        assertThat(version.get("schema").getAsInt()).isOne();
        assertThat(version.get("kind").getAsString()).isEqualTo("version");
        assertThat(version.get("java").getAsString()).startsWith("25");
        assertThat(version.get("cipher").getAsString()).containsAnyOf("libcrypto", "JDK");
        assertThat(version.get("wire").getAsString()).contains("p2p 8");
        assertThat(version.getAsJsonArray("modules"))
                .anySatisfy(module -> assertThat(module.getAsString()).startsWith("dev.p2p.transport.tcp"))
                .anySatisfy(module -> assertThat(module.getAsString()).startsWith("dev.p2p.peerstore.rocksdb"))
                .noneSatisfy(module -> assertThat(module.getAsString()).startsWith("java."));
    }

    @Test
    void versionForPeopleHasALineForEachFact() {
        assertThat(Typed.words("version").well().out().lines())
                .anyMatch(line -> line.matches("version +\\S+"))
                .anyMatch(line -> line.matches("cipher +\\S.*"))
                .anyMatch(line -> line.matches("modules +\\S.*dev\\.p2p\\.cli.*"));
    }

    @Test
    void aStackTraceIsShownToThoseWhoAskForIt(@TempDir Path folder) {
        String missing = folder.resolve("missing").toString();

        Typed plain = Typed.words("keys", "show", missing).failed(3, "P2P-KEY-NOT-FOUND");
        Typed verbose = Typed.words("keys", "show", missing, "-v");

        assertThat(verbose.exitCode()).isEqualTo(3);
        assertThat(verbose.err())
                .startsWith(plain.err())
                .contains("\tat dev.p2p.cli")
                .contains("Caused by: java.nio.file.NoSuchFileException");
    }
}
