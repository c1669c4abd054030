package dev.p2p.cli.probe;

import dev.p2p.cli.dial.Target;
import dev.p2p.cli.output.ExitCode;
import dev.p2p.cli.output.Failure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Addresses in a file: one a line; empty lines and what follows a {@code #} say nothing. */
final class TargetList {

    /** More is a mistake: a binary file, or a list that no one machine should probe in one go. */
    private static final int MOST_LINES = 1_000_000;

    private TargetList() {}

    /**
     * Reads a file.
     *
     * @param name its name, {@code -} for standard input
     */
    static List<Target> read(String name, InputStream standardInput) {
        try {
            if (name.equals("-")) {
                return read(name, new BufferedReader(new InputStreamReader(standardInput, StandardCharsets.UTF_8)));
            }
            try (BufferedReader in = Files.newBufferedReader(Path.of(name))) {
                return read(name, in);
            }
        } catch (NoSuchFileException e) {
            throw unreadable(name, ExitCode.NOT_FOUND, "there is no such file", e);
        } catch (IOException e) {
            throw unreadable(name, ExitCode.FAILED, String.valueOf(e.getMessage()), e);
        }
    }

    private static List<Target> read(String name, BufferedReader in) throws IOException {
        List<Target> targets = new ArrayList<>();
        int number = 0;
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            number++;
            if (number > MOST_LINES) {
                throw unreadable(name, ExitCode.USAGE, "it has more than " + MOST_LINES + " lines", null);
            }
            int comment = line.indexOf('#');
            String text = (comment < 0 ? line : line.substring(0, comment)).strip();
            if (!text.isEmpty()) {
                targets.add(parse(name, number, text));
            }
        }
        return targets;
    }

    private static Target parse(String name, int number, String text) {
        try {
            return Target.parse(text);
        } catch (Failure e) {
            String why =
                    e.getCause() == null ? text : String.valueOf(e.getCause().getMessage());
            throw Failure.of("P2P-ADDRESS-INVALID", ExitCode.USAGE, "cannot use line " + number + " of " + name, why)
                    .tryThis("write one address a line, as HOST:PORT or ID@HOST:PORT; # begins a comment")
                    .causedBy(e);
        }
    }

    private static Failure unreadable(
            String name, int code, String why, @org.jspecify.annotations.Nullable Exception cause) {
        Failure failure = Failure.of("P2P-FILE-UNREADABLE", code, "cannot read addresses from " + name, why)
                .tryThis("name a text file with one address a line, or - for standard input");
        return cause == null ? failure : failure.causedBy(cause);
    }
}
