package dev.p2p.it.image;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The program as a user starts it: by the launcher of an image, in a process of its own.
 *
 * @param launcher what is started
 * @param environment variables beside those that the tests themselves have
 */
record Program(Path launcher, Map<String, String> environment) {

    /** The image that this build has made. */
    static Program built() {
        return in(image());
    }

    /** Where the build put it. */
    static Path image() {
        return Path.of(System.getProperty("p2p.image")).normalize();
    }

    /** An image that lies elsewhere. */
    static Program in(Path image) {
        return new Program(image.resolve("bin").resolve("p2p"), Map.of());
    }

    /** Runs a command to its end. */
    Ended run(String... arguments) throws IOException, InterruptedException {
        try (Running running = start(arguments)) {
            return running.awaitEnd();
        }
    }

    /** Runs a line of a shell, in which {@code $0} is the program, to its end. */
    Ended shell(String line) throws IOException, InterruptedException {
        try (Running running = startShell(line)) {
            return running.awaitEnd();
        }
    }

    /** Begins a command that goes on until it is told to stop. */
    Running start(String... arguments) throws IOException {
        List<String> words = new ArrayList<>(List.of(launcher.toString()));
        words.addAll(List.of(arguments));
        return start(words);
    }

    /** Begins a line of a shell, in which {@code $0} is the program. */
    Running startShell(String line) throws IOException {
        return start(List.of("sh", "-c", line, launcher.toString()));
    }

    private Running start(List<String> command) throws IOException {
        // A shell that starts a build in the background lets it ignore Ctrl-C, and so would all that the build starts.
        List<String> words = new ArrayList<>(List.of("env", "--default-signal=INT"));
        words.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(words);
        // What would make any JVM talk, or run otherwise than a user's.
        builder.environment().keySet().removeIf(name -> name.matches("J(AVA|DK_JAVA)_(TOOL_)?OPTIONS|P2P_.*"));
        builder.environment().putAll(environment);
        return new Running(builder.start());
    }
}
