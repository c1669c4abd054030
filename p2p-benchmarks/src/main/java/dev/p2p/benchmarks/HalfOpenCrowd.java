package dev.p2p.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * The attacker of {@link HalfOpen}, in a process of its own: opens connections and goes no further than a third of them each
 * with no byte, half an ephemeral key, and a whole one. Says so in one line, and then waits to be ended.
 */
public final class HalfOpenCrowd {

    private static final int HELLO_BYTES = 35;

    private HalfOpenCrowd() {}

    /** @param args address, port, how many */
    public static void main(String[] args) throws IOException {
        InetSocketAddress target = new InetSocketAddress(InetAddress.ofLiteral(args[0]), Integer.parseInt(args[1]));
        List<SocketChannel> held = new ArrayList<>();
        for (int i = 0; i < Integer.parseInt(args[2]); i++) {
            SocketChannel socket = SocketChannel.open(target);
            held.add(socket);
            try {
                socket.write(hello(i % 3 * HELLO_BYTES / 2));
            } catch (IOException e) {
                // dropped already
            }
        }
        System.out.println(held.size());
        System.in.read();
    }

    private static ByteBuffer hello(int bytes) {
        ByteBuffer hello = ByteBuffer.allocate(HELLO_BYTES);
        hello.put(new byte[] {0x22, 0x0a, 0x20, 9});
        return hello.position(0).limit(bytes);
    }
}
