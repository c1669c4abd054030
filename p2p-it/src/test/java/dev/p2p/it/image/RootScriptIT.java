package dev.p2p.it.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code ./p2p} at the root: when it builds, what it says, what it becomes. A house of its own, with spaces in its name and a Maven
 * that only pretends, keeps this cheap; that the real build makes the image is what all other tests here stand on.
 */
class RootScriptIT {

    private static final String BUILDING = "p2p: building the program (a minute at first, seconds later) ...\n";

    /** Does what a test left a file for: is slow, or fails; else makes an image. */
    private static final String MAVEN = """
            #!/bin/sh
            echo "$@" >>"$TOOLS/builds"
            [ ! -e "$TOOLS/slow" ] || exec sleep 60
            [ ! -e "$TOOLS/broken" ] || { echo "[ERROR] it does not compile"; exit 1; }
            mkdir -p p2p-cli/target/image/bin
            cp "$TOOLS/program" p2p-cli/target/image/bin/p2p
            touch p2p-cli/target/image/release
            """;

    /** Shows its arguments; with {@code wait} it goes on until it is told to end. */
    private static final String PROGRAM = """
            #!/bin/sh
            printf '<%s>\\n' "$@"
            [ "$1" = wait ] || exit 3
            trap 'kill $!; echo told to end; exit 0' TERM
            sleep 60 &
            wait
            """;

    @TempDir
    private Path folder;

    private Path house;
    private Path tools;
    private Path source;

    @BeforeEach
    void buildAHouse() throws IOException {
        house = Files.createDirectories(folder.resolve("a house of one's own"));
        tools = Files.createDirectories(folder.resolve("tools"));
        Path ci = Files.createDirectories(house.resolve(".ci"));
        source = Files.createDirectories(house.resolve("p2p-router/src/main")).resolve("Router.java");
        Files.writeString(source, "");
        Files.writeString(house.resolve("pom.xml"), "");
        Files.copy(Path.of("..", "p2p"), house.resolve("p2p"), StandardCopyOption.COPY_ATTRIBUTES);
        executable(ci.resolve("jdk25"), "#!/bin/sh\necho /a/jdk\n");
        executable(tools.resolve("mvn"), MAVEN);
        executable(tools.resolve("program"), PROGRAM);
    }

    @Test
    void buildsOnTheFirstUseOnlyAndHandsOnArgumentsAndExitCode() throws Exception {
        Ended first = script().run("keys", "show", "a file", "");
        Ended second = script().run("version");

        assertThat(first.err()).isEqualTo(BUILDING);
        assertThat(first.out()).isEqualTo("<keys>\n<show>\n<a file>\n<>\n");
        assertThat(first.exitCode()).isEqualTo(3);
        assertThat(second.err()).isEmpty();
        assertThat(second.out()).isEqualTo("<version>\n");
        assertThat(builds()).isOne();
    }

    @Test
    void buildsAgainWhenASourceIsNewer() throws Exception {
        script().run("version");
        FileTime built = Files.getLastModifiedTime(house.resolve("p2p-cli/target/image/release"));
        Files.setLastModifiedTime(source, FileTime.from(built.toInstant().plus(Duration.ofMillis(1))));

        Ended again = script().run("version");

        assertThat(again.err()).isEqualTo(BUILDING);
        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void aBuildThatFailsNamesItsLogAndLeavesNoLock() throws Exception {
        Files.createFile(tools.resolve("broken"));

        Ended failed = script().run("version");

        Path log = house.toRealPath().resolve("p2p-cli/target/image-build.log");
        assertThat(failed.exitCode()).isEqualTo(1);
        assertThat(failed.out()).isEmpty();
        assertThat(failed.err())
                .isEqualTo(BUILDING + "p2p: the build failed, see " + log + "\n[ERROR] it does not compile\n");
        assertThat(log).content().contains("it does not compile");
        assertThat(lockIsThere()).isFalse();

        Files.delete(tools.resolve("broken"));
        assertThat(script().run("version").out()).isEqualTo("<version>\n");
    }

    @Test
    void worksBehindLinks() throws Exception {
        Path place = Files.createDirectories(folder.resolve("another place"));
        Path absolute = Files.createSymbolicLink(place.resolve("first link"), house.resolve("p2p"));
        Path relative = Files.createSymbolicLink(place.resolve("second link"), absolute.getFileName());

        assertThat(script(relative).run("version").out()).isEqualTo("<version>\n");
        assertThat(house.resolve("p2p-cli/target/image/bin/p2p")).exists();
    }

    @Test
    void aSignalReachesTheProgram() throws Exception {
        try (Running program = script().start("wait")) {
            program.awaitLine("<wait>");

            assertThat(program.stop().well().out()).isEqualTo("<wait>\ntold to end\n");
        }
    }

    @Test
    void aSignalEndsABuildAndLeavesNoLock() throws Exception {
        Files.createFile(tools.resolve("slow"));
        try (Running building = script().start("version")) {
            building.awaitLog("building");

            assertThat(building.stop().exitCode()).isEqualTo(143);
            assertThat(lockIsThere()).isFalse();
        }
    }

    @Test
    void aLockOfABuildThatDiedDoesNotStopTheNext() throws Exception {
        long ended = new ProcessBuilder("true").start().onExit().get().pid();
        Files.createSymbolicLink(house.resolve(".p2p-build.lock"), Path.of(String.valueOf(ended)));

        assertThat(script().run("version").out()).isEqualTo("<version>\n");
        assertThat(lockIsThere()).isFalse();
    }

    private Program script() {
        return script(house.resolve("p2p"));
    }

    private Program script(Path launcher) {
        return new Program(launcher, Map.of("PATH", tools + ":" + System.getenv("PATH"), "TOOLS", tools.toString()));
    }

    private long builds() throws IOException {
        try (var lines = Files.lines(tools.resolve("builds"))) {
            return lines.count();
        }
    }

    private boolean lockIsThere() {
        return Files.exists(house.resolve(".p2p-build.lock"), LinkOption.NOFOLLOW_LINKS);
    }

    private static void executable(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
