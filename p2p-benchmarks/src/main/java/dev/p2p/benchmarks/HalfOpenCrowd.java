package dev.p2p.benchmarks;

import java.io.IOException;
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
 * with no byte, half an ephemeral key, and a whole one. It begins when it is told to, says in one line that
 * it is done, and then waits to be ended.
 */
public final class HalfOpenCrowd {

    private static final int HELLO_BYTES = 35;

    /** The node's system lets only so many wait to be accepted; the others try again after a second. */
    private static final int AT_ONCE = 64;

    private HalfOpenCrowd() {}

    /** @param args address, port, how many */
    public static void main(String[] args) throws IOException, InterruptedException {
        InetSocketAddress target = new InetSocketAddress(InetAddress.ofLiteral(args[0]), Integer.parseInt(args[1]));
        System.in.read();
        AtomicInteger left = new AtomicInteger(Integer.parseInt(args[2]));
        Queue<SocketChannel> held = new ConcurrentLinkedQueue<>();
        List<Thread> attackers = IntStream.range(0, AT_ONCE)
                .mapToObj(_ -> Thread.ofVirtual().start(() -> open(target, left, held)))
                .toList();
        for (Thread attacker : attackers) {
            attacker.join();
        }
        System.out.println(held.size());
        System.in.read();
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
