package dev.p2p.it.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;

/**
 * What is left of a program that has ended.
 *
 * @param exitCode its exit code
 * @param out what it wrote to standard output
 * @param err what it wrote to standard error
 */
record Ended(int exitCode, String out, String err) {

    /** The same, if all went well. */
    Ended well() {
        assertThat(exitCode).as("the exit code; %s", this).isZero();
        return this;
    }

    /** Standard output as the one JSON object that it is. */
    JsonObject json() {
        return JsonParser.parseString(out).getAsJsonObject();
    }

    /** The four lines of a failure, and nothing else on either stream. */
    void failedWith(int code, String name) {
        assertThat(exitCode).as("the exit code; %s", this).isEqualTo(code);
        assertThat(out).as("standard output").isEmpty();
        assertFourLines(name);
    }

    /** The four lines of a failure on standard error, and nothing else there. */
    void assertFourLines(String name) {
        List<String> lines = err.lines().toList();
        assertThat(lines).as("standard error").hasSize(4);
        assertThat(lines.get(0)).startsWith("error: ").endsWith(" (" + name + ")");
        assertThat(lines.get(1)).matches("cause: \\S.*");
        assertThat(lines.get(2)).matches("try:   \\S.*");
        assertThat(lines.get(3)).matches("   or: \\S.*");
    }
}
