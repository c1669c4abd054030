package dev.p2p.cli.probe;

import dev.p2p.cli.dial.Target;
import dev.p2p.cli.output.ExitCode;
import dev.p2p.cli.output.Failure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Addresses in a file: one a line; empty lines and what follows a {@code #} say nothing. */
final class TargetList {

    /** More is a mistake: a binary file, or a list that no one machine should probe in one go. */
    private static final int MOST_LINES = 1_000_000;

    /** No address comes near; what has no lines at all, such as a device, is not read to its end. */
    private static final int MOST_LENGTH = 4_096;

    private static final int BYTE_ORDER_MARK = 0xfeff;

    private TargetList() {}

    /**
     * Reads a file.
     *
     * @param name its name, {@code -} for standard input
     */
    static List<Target> read(String name, InputStream standardInput) {
        try {
            if (name.equals("-")) {
                return read(
                        name,
                        new BufferedReader(new InputStreamReader(standardInput, StandardCharsets.UTF_8.newDecoder())));
            }
            try (BufferedReader in = Files.newBufferedReader(Path.of(name))) {
                return read(name, in);
            }
        } catch (CharacterCodingException e) {
            throw unreadable(name, ExitCode.FAILED, "it is no UTF-8 text", e);
        } catch (AccessDeniedException e) {
            throw unreadable(name, ExitCode.NOT_PERMITTED, "this user may not read it", e);
        } catch (NoSuchFileException e) {
            throw unreadable(name, ExitCode.NOT_FOUND, "there is no such file", e);
        } catch (IOException e) {
            throw unreadable(name, ExitCode.FAILED, String.valueOf(e.getMessage()), e);
        }
    }

    private static List<Target> read(String name, BufferedReader in) throws IOException {
        List<Target> targets = new ArrayList<>();
        int number = 0;
        skipMark(in);
        for (String line = line(in); line != null; line = line(in)) {
            number++;
            if (number > MOST_LINES) {
                throw unreadable(name, ExitCode.USAGE, "it has more than " + MOST_LINES + " lines", null);
            }
            if (line.length() > MOST_LENGTH) {
                throw unreadable(
                        name, ExitCode.USAGE, "line " + number + " has more than " + MOST_LENGTH + " characters", null);
            }
            int comment = line.indexOf('#');
            String text = (comment < 0 ? line : line.substring(0, comment)).strip();
            if (!text.isEmpty()) {
                targets.add(parse(name, number, text));
            }
        }
        return targets;
    }

    /** What some editors put in front of UTF-8. */
    private static void skipMark(BufferedReader in) throws IOException {
        in.mark(1);
        if (in.read() != BYTE_ORDER_MARK) {
            in.reset();
        }
    }

    /** A line without its end, or as much of it as shows that it is too long; null after the last one. */
    private static @Nullable String line(BufferedReader in) throws IOException {
        StringBuilder line = new StringBuilder();
        int c = in.read();
        if (c < 0) {
            return null;
        }
        for (; c >= 0 && c != '\n' && line.length() <= MOST_LENGTH; c = in.read()) {
            line.append((char) c);
        }
        return line.toString();
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

    private static Failure unreadable(String name, int code, String why, @Nullable Exception cause) {
        Failure failure = Failure.of("P2P-FILE-UNREADABLE", code, "cannot read addresses from " + name, why)
                .tryThis("name a text file with one address a line, or - for standard input");
        return cause == null ? failure : failure.causedBy(cause);
    }
}
