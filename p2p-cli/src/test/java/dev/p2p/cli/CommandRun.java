package dev.p2p.cli;

import dev.p2p.cli.option.Surroundings;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/** Runs command lines in this process, at a fixed time, without a terminal unless one is asked for. */
final class CommandRun {

    static final Instant NOW = Instant.parse("2026-08-30T12:00:00Z");

    private Map<String, String> environment = Map.of();
    private boolean terminal;
    private String input = "";
    private Surroundings.Pause pause = time -> false;

    /** What a command line did. */
    record Result(int exitCode, String out, String err) {}

    CommandRun environment(Map<String, String> value) {
        environment = value;
        return this;
    }

    CommandRun terminal(String typed) {
        terminal = true;
        input = typed;
        return this;
    }

    CommandRun pause(Surroundings.Pause value) {
        pause = value;
        return this;
    }

    Result run(String... line) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        InputStream in = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
        Surroundings around = new Surroundings(InstantSource.fixed(NOW), environment, terminal, in, pause);
        int code = Main.run(line, new PrintWriter(out, true), new PrintWriter(err, true), around);
        return new Result(code, out.toString(), err.toString());
    }
}
