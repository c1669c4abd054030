package dev.p2p.it.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table of scenarios is complete, true and written down. */
class ConformanceTest {

    private static final Path PAGE = Path.of("..", "docs", "conformance.md");

    @Test
    void everyScenarioIsTestedOrAccountedFor() throws IOException {
        assertThat(table().problems()).isEmpty();
    }

    @Test
    void thePageSaysWhatTheTestsSay() throws IOException {
        String page = table().page();
        if ("write".equals(System.getProperty("conformance"))) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE)).as("docs/conformance.md is stale").isEqualTo(page);
    }

    private static Conformance table() throws IOException {
        try (var in = ConformanceTest.class.getResourceAsStream("/conformance.txt")) {
            assertThat(in).isNotNull();
            List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            return Conformance.read(lines, House.sources());
        }
    }
}
