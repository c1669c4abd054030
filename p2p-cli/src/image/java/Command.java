import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs a program and is silent, unless it fails. */
final class Command {

    private final Path log;

    Command(Path log) {
        this.log = log;
    }

    /** Runs a tool of the JDK that runs this. */
    void tool(String name, String... args) throws IOException, InterruptedException {
        run(Path.of(System.getProperty("java.home"), "bin", name), List.of(args));
    }

    void run(Path program, List<String> args) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(program.toString()));
        line.addAll(args);
        int code = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        if (code != 0) {
            throw new IllegalStateException(
                    String.join(" ", line) + " ended with code " + code + ":\n" + Files.readString(log));
        }
    }
}
