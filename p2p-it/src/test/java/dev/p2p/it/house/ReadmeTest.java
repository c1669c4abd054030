package dev.p2p.it.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The first page tells the truth. */
class ReadmeTest {

    private static final Pattern CODE = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:]+)\\)");

    @Test
    void itsExampleIsTheOneThatIsCompiled() throws IOException {
        Matcher code = CODE.matcher(Files.readString(House.root().resolve("README.md")));
        assertThat(code.find()).isTrue();
        Path greeter = House.root().resolve("examples/embedding/src/main/java/example/embedding/Greeter.java");
        assertThat(stripped(Files.readString(greeter))).containsSequence(stripped(code.group(1)));
    }

    @Test
    void everyLinkOfEveryPageLeadsSomewhere() throws IOException {
        for (Path page : House.pages()) {
            Matcher link = LINK.matcher(Files.readString(page));
            while (link.find()) {
                assertThat(page.resolveSibling(link.group(1)))
                        .as("linked from %s", page)
                        .exists();
            }
        }
    }

    private static List<String> stripped(String text) {
        return Stream.of(text.split("\n"))
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
    }
}
