package dev.p2p.cli.option;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * Where the program runs.
 *
 * @param clock the time
 * @param environment the environment's variables
 * @param terminal whether a person reads standard output
 * @param in standard input
 * @param pause how a command waits between two rounds
 */
public record Surroundings(
        InstantSource clock, Map<String, String> environment, boolean terminal, InputStream in, Pause pause) {

    private static final Path STANDARD_OUTPUT = Path.of("/proc/self/fd/1");
    private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

    /** Waits. */
    @FunctionalInterface
    public interface Pause {

        /** Waits that long. Returns whether to go on. */
        boolean await(Duration time) throws InterruptedException;
    }

    /** Those of this process. */
    public static Surroundings ofProcess() {
        return new Surroundings(
                InstantSource.system(), System.getenv(), standardOutputIsTerminal(), System.in, Surroundings::sleep);
    }

    /** A variable that is set and not empty. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }

    private static boolean sleep(Duration time) throws InterruptedException {
        Thread.sleep(time);
        return true;
    }

    /** Whether a person reads standard error. */
    public static boolean standardErrorIsTerminal() {
        return isTerminal(STANDARD_ERROR);
    }

    private static boolean standardOutputIsTerminal() {
        return isTerminal(STANDARD_OUTPUT);
    }

    /** Where the system shows what a descriptor is, that is much cheaper than to load the console. */
    private static boolean isTerminal(Path descriptor) {
        try {
            if (Files.isSymbolicLink(descriptor)) {
                String target = Files.readSymbolicLink(descriptor).toString();
                return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
            }
        } catch (IOException e) {
            return false;
        }
        return System.console() != null && System.console().isTerminal();
    }
}
