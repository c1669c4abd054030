package dev.p2p.it.image;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** One output stream of a program, read to its end by a thread of its own. */
final class Output {

    private final List<String> lines = new ArrayList<>();
    private boolean ended;

    private Output() {}

    /** Begins to read. */
    static Output of(InputStream stream) {
        Output output = new Output();
        Thread.ofVirtual().start(() -> output.read(stream));
        return output;
    }

    /** Waits for a line. Empty if the stream ends, or the limit is over, before one comes. */
    synchronized Optional<String> await(Predicate<String> wanted, Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (true) {
            Optional<String> line = lines.stream().filter(wanted).findFirst();
            if (line.isPresent() || ended || !waitUntil(end)) {
                return line;
            }
        }
    }

    /** Waits for the end of the stream. Returns all that came. */
    synchronized String awaitAll(Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (!ended) {
            if (!waitUntil(end)) {
                throw new AssertionError("the stream stays open: " + this);
            }
        }
        return toString();
    }

    @Override
    public synchronized String toString() {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    private boolean waitUntil(long end) throws InterruptedException {
        long left = (end - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
            return false;
        }
        wait(left);
        return true;
    }

    private void read(InputStream stream) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                add(line);
            }
        } catch (IOException e) {
            add("(cannot be read further: " + e + ")");
        } finally {
            end();
        }
    }

    private synchronized void add(String line) {
        lines.add(line);
        notifyAll();
    }

    private synchronized void end() {
        ended = true;
        notifyAll();
    }
}
