package dev.p2p.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Command lines with what they print, kept in a file. The file is both the question and the expected answer: every line that begins
 * with a dollar sign is run, and what follows must be what it prints. {@code -Dgolden.update=true} writes the answers anew.
 */
final class Transcript {

    private static final Path FOLDER = Path.of("src/test/resources/dev/p2p/cli/screens");
    private static final String PROMPT = "$ p2p ";

    /** What a store takes on disk is not ours to promise. */
    private static final Pattern SIZES =
            Pattern.compile("(\"[a-z-]*bytes\": |\"files\": |(?m:^)store      |events, about )[0-9][^,\\n]*");

    private Transcript() {}

    /** Runs a transcript in a folder, which stands in it as {@code DIR}. */
    static void check(String name, Path folder) throws IOException {
        Path file = FOLDER.resolve(name + ".txt");
        String expected = Files.readString(file);
        StringBuilder actual = new StringBuilder();
        for (String line : expected.lines().toList()) {
            if (line.startsWith(PROMPT)) {
                actual.append(line).append('\n').append(answer(line, folder)).append('\n');
            } else if (line.startsWith("# ")) {
                actual.append(line).append('\n');
            }
        }
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(file, actual);
            return;
        }
        assertThat(actual.toString())
                .as(file + "; -Dgolden.update=true writes it anew")
                .isEqualTo(expected);
    }

    private static String answer(String line, Path folder) {
        String place = folder.toString();
        List<String> words = words(line.substring(PROMPT.length()));
        words.replaceAll(word -> word.replace("DIR", place));
        CommandRun.Result result = new CommandRun().run(words.toArray(String[]::new));
        StringBuilder text =
                new StringBuilder(result.out().replace(place, "DIR").replace("\033", "ESC"));
        result.err()
                .replace(place, "DIR")
                .lines()
                .forEach(err -> text.append("! ").append(err).append('\n'));
        if (result.exitCode() != 0) {
            text.append("exit ").append(result.exitCode()).append('\n');
        }
        return SIZES.matcher(text).replaceAll("$1#");
    }

    /** Words as a shell takes them, with single quotes. */
    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean quoted = false;
        boolean begun = false;
        for (char c : line.toCharArray()) {
            if (c == '\'') {
                quoted = !quoted;
                begun = true;
            } else if (c == ' ' && !quoted) {
                if (begun) {
                    words.add(word.toString());
                }
                word.setLength(0);
                begun = false;
            } else {
                word.append(c);
                begun = true;
            }
        }
        if (begun) {
            words.add(word.toString());
        }
        return words;
    }
}
