package dev.p2p.it.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A program that runs. Closing kills it if it still does. */
final class Running implements AutoCloseable {

    /** Far more than anything takes, also where eight builds share two processors. */
    static final Duration LIMIT = Duration.ofSeconds(60);

    private static final String LISTENING = "listening ";

    private final Process process;
    private final Output out;
    private final Output err;

    Running(Process process) {
        this.process = process;
        this.out = Output.of(process.getInputStream());
        this.err = Output.of(process.getErrorStream());
    }

    /** Waits until it accepts connections. Returns the address to dial. */
    String awaitListening() throws InterruptedException {
        return awaitLine(LISTENING + ".*").substring(LISTENING.length());
    }

    /** Waits for a line on standard output, given as a regular expression. */
    String awaitLine(String form) throws InterruptedException {
        return out.await(line -> line.matches(form), LIMIT)
                .orElseThrow(() -> new AssertionError("no line like \"" + form + "\": " + out + err));
    }

    /** Waits for a line of the log. */
    void awaitLog(String part) throws InterruptedException {
        assertThat(err.await(line -> line.contains(part), LIMIT))
                .as("a line with \"%s\" in the log%n%s", part, err)
                .isPresent();
    }

    /** Sends a signal: {@code TERM} or {@code INT}. */
    void signal(String name) throws IOException, InterruptedException {
        int code = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
        assertThat(code).as("exit code of kill -%s", name).isZero();
    }

    /** Asks it to end as a service manager does, and waits. */
    Ended stop() throws IOException, InterruptedException {
        signal("TERM");
        return awaitEnd();
    }

    /** Waits until it has ended by itself. No program may leave a warning behind, of its own or of the JVM. */
    Ended awaitEnd() throws InterruptedException {
        assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS))
                .as("whether it has ended%n%s%s", out, err)
                .isTrue();
        Ended ended = new Ended(process.exitValue(), out.awaitAll(LIMIT), err.awaitAll(LIMIT));
        assertThat(ended.err()).as("standard error").doesNotContainIgnoringCase("warning");
        return ended;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
