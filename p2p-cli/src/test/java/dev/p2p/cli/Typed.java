package dev.p2p.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/**
 * A command line that somebody typed, and the program's answer.
 *
 * @param exitCode the exit code
 * @param out standard output
 * @param err standard error
 */
public record Typed(int exitCode, String out, String err) {

    /** Runs a command in this process. */
    public static Typed words(String... words) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.run(words, new PrintWriter(out, true), new PrintWriter(err, true));
        return new Typed(code, out.toString(), err.toString());
    }

    /** The same, if it did what was asked and had nothing to complain about. */
    public Typed well() {
        assertThat(exitCode).as("the exit code; %s", this).isZero();
        assertThat(err).isEmpty();
        return this;
    }

    /** The same, if it failed with nothing but the four lines. */
    public Typed failed(int code, String name) {
        assertThat(exitCode).as("the exit code; %s", this).isEqualTo(code);
        assertThat(out).isEmpty();
        List<String> lines = err.lines().toList();
        assertThat(lines).as("standard error").hasSize(4);
        assertThat(lines.get(0)).matches("error: \\S.* \\(" + name + "\\)");
        assertThat(lines.get(1)).matches("cause: \\S.*");
        assertThat(lines.get(2)).matches("try:   \\S.*");
        assertThat(lines.get(3)).matches("   or: \\S.*");
        return this;
    }

    /** The second line of a failure. */
    public String cause() {
        return line("cause: ");
    }

    /** The third line of a failure. */
    public String remedy() {
        return line("try:   ");
    }

    /** Standard output as the one JSON object that it is. */
    public JsonObject json() {
        return JsonParser.parseString(out).getAsJsonObject();
    }

    private String line(String beginning) {
        return err.lines()
                .filter(line -> line.startsWith(beginning))
                .findFirst()
                .orElseThrow()
                .substring(beginning.length());
    }
}
