package dev.p2p.it.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code p2p demo}, whose output goes into a pipe here. */
class DemoIT {

    private static final String NEXT = "look into a node's store: ";

    private final Program p2p = Program.built();

    @TempDir
    private Path folder;

    @Test
    void showsALineASecondASummaryAndACommandThatWorksWhenTyped() throws Exception {
        try (Running demo = p2p.start(
                "demo",
                "--nodes",
                "3",
                "--for",
                "10m",
                "--home",
                folder.resolve("it's here").toString())) {
            demo.awaitLine("nodes 3  connections 3  .*round trip \\d.*");
            Ended ended = demo.stop().well();

            assertThat(ended.err()).isEmpty();
            assertThat(ended.out().lines())
                    .anyMatch(line -> line.matches("ran .* with 3 nodes and 3 connections; every node knows .*"))
                    .anyMatch(line -> line.matches("received [1-9]\\d* messages, .*"))
                    .anyMatch(line -> line.matches("round trip min/avg/max .* ms"));
            String typed = ended.out()
                    .lines()
                    .filter(line -> line.startsWith(NEXT))
                    .findFirst()
                    .orElseThrow()
                    .substring(NEXT.length());
            assertThat(type(typed).well().out()).startsWith("PEER ").contains("2 of 2 shown");
        }
    }

    @Test
    void worksInMemoryToo() throws Exception {
        Ended demo = p2p.run(
                        "demo", "--nodes", "3", "--transport", "memory", "--for", "2s", "--home", folder.toString())
                .well();

        assertThat(demo.err()).isEmpty();
        assertThat(demo.out().lines())
                .anyMatch(line -> line.startsWith("nodes 3  connections "))
                .anyMatch(line -> line.startsWith(NEXT));
    }

    @Test
    void oneNodeIsNoNetwork() throws Exception {
        p2p.run("demo", "--nodes", "1").failedWith(2, "P2P-USAGE");
    }

    /** A shell that finds {@code p2p} on its PATH. */
    private static Ended type(String command) throws Exception {
        String path = Program.image().resolve("bin") + ":" + System.getenv("PATH");
        return new Program(Path.of("/bin/sh"), Map.of("PATH", path)).run("-c", command);
    }
}
