package dev.p2p.cli.control;

import dev.p2p.api.store.PeerStoreException;
import dev.p2p.cli.json.Fields;
import dev.p2p.cli.json.JsonProblem;
import dev.p2p.cli.json.JsonTree;
import dev.p2p.cli.output.Json;
import dev.p2p.cli.output.Printable;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One client of the control socket, on a thread of its own: a request, its answer, the next request. */
final class ClientSession implements Runnable {

    private static final System.Logger LOG = System.getLogger(ClientSession.class.getName());
    private static final int FLUSH_BYTES = 32 * 1_024;
    private static final long MAX_ID = Long.MAX_VALUE;

    private final SocketChannel channel;
    private final ControlMethods methods;
    private final ControlLimits limits;
    private final String nodeId;
    private final Runnable atEnd;
    private final StringBuilder waiting = new StringBuilder();
    private volatile long deadlineNanos;
    private double tokens;
    private long filledAtNanos = System.nanoTime();

    ClientSession(SocketChannel channel, ControlMethods methods, ControlLimits limits, String nodeId, Runnable atEnd) {
        this.channel = channel;
        this.methods = methods;
        this.limits = limits;
        this.nodeId = nodeId;
        this.atEnd = atEnd;
        this.tokens = limits.burst();
        allow(limits.idle());
    }

    /** Whether the client did nothing for too long. Asked by the server's watch. */
    boolean overdue() {
        return System.nanoTime() - deadlineNanos > 0;
    }

    /** Ends it from outside: whatever it waits for fails. */
    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "a control connection did not close cleanly", e);
        }
    }

    @Override
    public void run() {
        try (channel) {
            send(hello());
            flush();
            LineReader reader = new LineReader(channel, ControlProtocol.MAX_REQUEST_BYTES);
            allow(limits.idle());
            for (String line = reader.next(); line != null; line = reader.next()) {
                pace();
                answer(line);
                allow(limits.idle());
            }
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "a control connection ended: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            atEnd.run();
        }
    }

    private Map<String, Object> hello() {
        Map<String, Object> hello = new LinkedHashMap<>();
        hello.put("v", ControlProtocol.VERSION);
        hello.put("hello", "p2p");
        hello.put("node", nodeId);
        hello.put("methods", ControlMethods.NAMES);
        return hello;
    }

    private void answer(String line) throws IOException, InterruptedException {
        long id = 0;
        try {
            Fields request = JsonTree.object(line, ControlProtocol.REQUEST);
            id = request.integer("id", 0, MAX_ID, 0);
            long version = request.integer("v", 1, Integer.MAX_VALUE);
            if (version != ControlProtocol.VERSION) {
                throw new JsonProblem("this node speaks version " + ControlProtocol.VERSION + ", not " + version);
            }
            methods.answer(request.text("method"), params(request), into(id));
            send(done(id));
        } catch (JsonProblem e) {
            send(error(id, "bad-request", e));
        } catch (PeerStoreException e) {
            send(error(id, "store-failed", e));
        } catch (IllegalStateException e) {
            send(error(id, "not-running", e));
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "a control request failed", e);
            send(error(id, "internal", e));
        }
        flush();
    }

    private static Fields params(Fields request) throws JsonProblem {
        return request.has("params") ? request.object("params") : Fields.of(Map.of(), "params");
    }

    private ControlMethods.Answer into(long id) {
        return new ControlMethods.Answer() {
            @Override
            public void item(Map<String, Object> fields) throws IOException {
                Map<String, Object> line = head(id);
                line.put("item", fields);
                send(line);
            }

            @Override
            public void ready() throws IOException {
                flush();
            }

            @Override
            public void idle() throws IOException {
                Map<String, Object> line = head(id);
                line.put("item", Map.of());
                send(line);
                flush();
            }
        };
    }

    private static Map<String, Object> head(long id) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("v", ControlProtocol.VERSION);
        line.put("id", id);
        return line;
    }

    private static Map<String, Object> done(long id) {
        Map<String, Object> line = head(id);
        line.put("done", true);
        return line;
    }

    private static Map<String, Object> error(long id, String code, Exception e) {
        Map<String, Object> line = head(id);
        line.put("error", code);
        @Nullable String message = e.getMessage();
        line.put("message", Printable.of(message == null ? e.getClass().getSimpleName() : message));
        return line;
    }

    private void send(Map<String, Object> line) throws IOException {
        waiting.append(Json.line(line)).append('\n');
        if (waiting.length() >= FLUSH_BYTES) {
            flush();
        }
    }

    /** Writes all that waits. The limit counts anew after every piece that the client took. */
    private void flush() throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(waiting.toString().getBytes(StandardCharsets.UTF_8));
        waiting.setLength(0);
        while (bytes.hasRemaining()) {
            allow(limits.writing());
            channel.write(bytes);
        }
        allow(limits.idle());
    }

    /** Waits if the client asks too fast. Others are not held up: the thread is the client's own. */
    private void pace() throws InterruptedException {
        long now = System.nanoTime();
        tokens = Math.min(limits.burst(), tokens + (now - filledAtNanos) / 1e9 * limits.requestsPerSecond());
        filledAtNanos = now;
        if (tokens < 1) {
            long nanos = (long) ((1 - tokens) / limits.requestsPerSecond() * 1e9);
            Thread.sleep(Duration.ofNanos(nanos));
            tokens = 1;
            filledAtNanos = System.nanoTime();
        }
        tokens -= 1;
    }

    private void allow(Duration time) {
        deadlineNanos = System.nanoTime() + time.toNanos();
    }
}
