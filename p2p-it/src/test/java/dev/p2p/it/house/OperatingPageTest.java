package dev.p2p.it.house;

import static org.assertj.core.api.Assertions.assertThat;

import dev.p2p.api.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** An operator finds every word that the program may say. */
class OperatingPageTest {

    private static final Pattern ERROR_CODE = Pattern.compile("\"(P2P-[A-Z-]+)\"");

    private final String page = read(House.root().resolve("docs/operating.md"));

    @Test
    void everyReasonIsExplained() {
        for (Reason reason : Reason.values()) {
            assertThat(page).contains("`" + reason + "`");
        }
    }

    @Test
    void everyErrorCodeIsExplained() {
        TreeSet<String> codes = new TreeSet<>();
        for (Path source : House.sources()) {
            if (source.startsWith(House.root().resolve("p2p-cli/src/main"))) {
                Matcher code = ERROR_CODE.matcher(read(source));
                while (code.find()) {
                    codes.add("`" + code.group(1) + "`");
                }
            }
        }
        assertThat(codes)
                .hasSizeGreaterThan(20)
                .allSatisfy(code -> assertThat(page).contains(code));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
