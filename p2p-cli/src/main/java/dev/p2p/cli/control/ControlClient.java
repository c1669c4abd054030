package dev.p2p.cli.control;

import dev.p2p.cli.json.Fields;
import dev.p2p.cli.json.JsonProblem;
import dev.p2p.cli.json.JsonTree;
import dev.p2p.cli.output.ExitCode;
import dev.p2p.cli.output.Failure;
import dev.p2p.cli.output.Json;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The other side of a node's control socket. Used by one thread. */
public final class ControlClient implements AutoCloseable {

    /** What the parameters of a request may take, without the words around them. */
    public static final int MAX_PARAMETER_BYTES = ControlProtocol.MAX_REQUEST_BYTES - 1_024;

    /** For ever, as far as a command lives. */
    private static final Duration AT_REST = Duration.ofDays(10_000);

    private final Path socket;
    private final SocketChannel channel;
    private final LineReader reader;
    private final Duration patience;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile long deadlineNanos;
    private String node = "";
    private long lastId;

    /** Takes the items of an answer. */
    @FunctionalInterface
    public interface Items {

        /** Takes one. Returns whether to go on. */
        boolean take(Fields item) throws JsonProblem;
    }

    private ControlClient(Path socket, SocketChannel channel, Duration patience) {
        this.socket = socket;
        this.channel = channel;
        this.patience = patience;
        this.reader = new LineReader(channel, ControlProtocol.MAX_ANSWER_BYTES);
    }

    /**
     * Connects to a node.
     *
     * @param patience how long the node may say nothing
     * @return empty if nobody listens there
     * @throws Failure if somebody listens, but is no node of this protocol
     */
    public static Optional<ControlClient> connect(Path socket, Duration patience) {
        Optional<SocketChannel> channel = ControlSocket.connect(socket);
        if (channel.isEmpty()) {
            return Optional.empty();
        }
        ControlClient client = new ControlClient(socket, channel.get(), patience);
        client.watch();
        client.greet();
        return Optional.of(client);
    }

    /** Who the node is. */
    public String node() {
        return node;
    }

    /**
     * Asks, and takes the answer item by item.
     *
     * @throws Failure if the node refuses or does not answer
     */
    public void ask(String method, Map<String, Object> params, Items items) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("v", ControlProtocol.VERSION);
        request.put("id", ++lastId);
        request.put("method", method);
        request.put("params", params);
        try {
            ByteBuffer line = ByteBuffer.wrap((Json.line(request) + "\n").getBytes(StandardCharsets.UTF_8));
            if (line.remaining() > ControlProtocol.MAX_REQUEST_BYTES) {
                throw failure("P2P-CONTROL-REQUEST", ExitCode.USAGE, "that is too much for one request");
            }
            while (line.hasRemaining()) {
                extend();
                channel.write(line);
            }
            answer(method, items);
            rest();
        } catch (AsynchronousCloseException e) {
            throw silent().causedBy(e);
        } catch (IOException e) {
            throw failure("P2P-CONTROL-LOST", ExitCode.NO_ANSWER, String.valueOf(e.getMessage()))
                    .causedBy(e);
        } catch (JsonProblem e) {
            throw senseless(String.valueOf(e.getMessage())).causedBy(e);
        }
    }

    /** The node answered something that cannot be. */
    public Failure senseless(String why) {
        return failure("P2P-CONTROL-ANSWER", ExitCode.FAILED, "its answer makes no sense: " + why);
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            channel.close();
        } catch (IOException e) {
            System.getLogger(ControlClient.class.getName())
                    .log(System.Logger.Level.DEBUG, "a control connection did not close cleanly", e);
        }
    }

    private void greet() {
        try {
            Fields hello = next();
            if (!hello.text("hello").equals("p2p")) {
                throw new JsonProblem("it is no node");
            }
            long version = hello.integer("v", 0, Integer.MAX_VALUE);
            if (version != ControlProtocol.VERSION) {
                throw new JsonProblem("it speaks version " + version + " of the control protocol, this program "
                        + ControlProtocol.VERSION);
            }
            node = hello.text("node");
            rest();
        } catch (AsynchronousCloseException e) {
            close();
            throw silent().causedBy(e);
        } catch (IOException | JsonProblem e) {
            close();
            throw failure("P2P-CONTROL-ANSWER", ExitCode.NO_ANSWER, String.valueOf(e.getMessage()))
                    .tryThis("the node may serve as many clients as it can; try again")
                    .causedBy(e);
        }
    }

    private void answer(String method, Items items) throws IOException, JsonProblem {
        while (true) {
            Fields line = next();
            if (line.integer("id", 0, Long.MAX_VALUE) != lastId) {
                throw new JsonProblem("it answers another question");
            }
            if (line.has("error")) {
                throw refused(
                        method, line.text("error"), line.optionalText("message").orElse(""));
            }
            if (line.flag("done")) {
                return;
            }
            if (line.has("item") && !items.take(line.object("item"))) {
                close();
                return;
            }
        }
    }

    private Fields next() throws IOException, JsonProblem {
        extend();
        String line = reader.next();
        if (line == null) {
            throw new IOException("the node closed the connection");
        }
        return JsonTree.object(line, ControlProtocol.ANSWER);
    }

    private Failure refused(String method, String code, String message) {
        int exit = code.equals("store-failed")
                ? ExitCode.STORE
                : code.equals("not-running") ? ExitCode.NO_ANSWER : ExitCode.FAILED;
        return failure("P2P-CONTROL-REFUSED", exit, method + ": " + message + " (" + code + ")");
    }

    private Failure silent() {
        return failure(
                        "P2P-CONTROL-SILENT",
                        ExitCode.NO_ANSWER,
                        "the node said nothing for " + patience.toMillis() + " ms")
                .tryThis("give it more time with --timeout");
    }

    private Failure failure(String code, int exit, String why) {
        return Failure.of(code, exit, "cannot talk to the node at " + socket, why)
                .tryThis("p2p status --control unix://" + socket.toAbsolutePath());
    }

    /** Between two questions the node owes nothing. */
    private void rest() {
        deadlineNanos = System.nanoTime() + AT_REST.toNanos();
    }

    private void extend() {
        deadlineNanos = System.nanoTime() + patience.toNanos();
    }

    /** A read of a Unix domain socket knows no limit of its own, so the watch closes it. */
    private void watch() {
        extend();
        Thread.ofVirtual().name("p2p-control-patience").start(() -> {
            try {
                while (!closing.await(Math.max(1, deadlineNanos - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                    if (System.nanoTime() - deadlineNanos >= 0) {
                        channel.close();
                        return;
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (IOException e) {
                System.getLogger(ControlClient.class.getName())
                        .log(System.Logger.Level.DEBUG, "a control connection did not close cleanly", e);
            }
        });
    }
}
