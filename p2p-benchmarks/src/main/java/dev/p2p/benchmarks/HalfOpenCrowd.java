package dev.p2p.benchmarks;

import dev.p2p.api.NetEndpoint;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ref.Reference;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * The attacker of {@link HalfOpen}, in a process of its own: opens connections and goes no further than a third of them each
 * with no byte, half an ephemeral key, and a whole one. It says in a line that it is ready, begins when it is told to, says in another
 * that it is done, and then waits to be ended.
 */
public final class HalfOpenCrowd {

    private static final int HELLO_BYTES = 35;

    /** The node's system lets only so many wait to be accepted; the others try again after a second. */
    private static final int AT_ONCE = 64;

    private HalfOpenCrowd() {}

    /** @param args address, port, how many */
    public static void main(String[] args) throws IOException, InterruptedException {
        InetSocketAddress target = new InetSocketAddress(InetAddress.ofLiteral(args[0]), Integer.parseInt(args[1]));
        System.out.println("ready");
        System.in.read();
        AtomicInteger left = new AtomicInteger(Integer.parseInt(args[2]));
        Queue<SocketChannel> held = new ConcurrentLinkedQueue<>();
        List<Thread> attackers = IntStream.range(0, AT_ONCE)
                .mapToObj(_ -> Thread.ofVirtual().start(() -> open(target, left, held)))
                .toList();
        for (Thread attacker : attackers) {
            attacker.join();
        }
        System.out.println("there");
        System.in.read();
        Reference.reachabilityFence(held);
    }

    /** Starts this program against a node, and waits until it is ready: a JVM that starts is no attack. */
    static Attacker at(NetEndpoint place, int connections) throws IOException {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-p",
                        System.getProperty("jdk.module.path"),
                        "-m",
                        "dev.p2p.benchmarks/" + HalfOpenCrowd.class.getName(),
                        place.ip().getHostAddress(),
                        Integer.toString(place.port()),
                        Integer.toString(connections))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader said = process.inputReader();
        if (said.readLine() == null) {
            throw new IOException("the attacker did not start");
        }
        return new Attacker(process, said);
    }

    /** Such a process, seen from outside. */
    record Attacker(Process process, BufferedReader said) implements AutoCloseable {

        void begin() throws IOException {
            process.outputWriter().write("\n");
            process.outputWriter().flush();
        }

        /** Whether all have connected, or it has ended. */
        boolean isThere() {
            try {
                return said.ready() || !isAlive();
            } catch (IOException e) {
                return true;
            }
        }

        boolean isAlive() {
            return process.isAlive();
        }

        /** Ends it, and with it its connections. */
        void leave() {
            process.destroyForcibly();
        }

        @Override
        public void close() {
            leave();
        }
    }

    private static void open(InetSocketAddress target, AtomicInteger left, Queue<SocketChannel> held) {
        for (int i = left.getAndDecrement(); i > 0; i = left.getAndDecrement()) {
            try {
                SocketChannel socket = SocketChannel.open(target);
                held.add(socket);
                socket.write(hello(i % 3 * HELLO_BYTES / 2));
            } catch (IOException e) {
                // dropped already
            }
        }
    }

    private static ByteBuffer hello(int bytes) {
        ByteBuffer hello = ByteBuffer.allocate(HELLO_BYTES);
        hello.put(new byte[] {0x22, 0x0a, 0x20, 9});
        return hello.position(0).limit(bytes);
    }
}
