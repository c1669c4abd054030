package dev.p2p.benchmarks;

import dev.p2p.api.ChannelId;
import dev.p2p.api.NetEndpoint;
import dev.p2p.api.NodeId;
import dev.p2p.api.NodeInfo;
import dev.p2p.api.NodeKey;
import dev.p2p.api.transport.Connection;
import dev.p2p.api.transport.HandshakeRequest;
import dev.p2p.api.transport.Listener;
import dev.p2p.api.transport.ListenerClosedException;
import dev.p2p.api.transport.PendingConnection;
import dev.p2p.api.transport.StreamProtocolProvider;
import dev.p2p.api.transport.Transport;
import dev.p2p.api.transport.TransportProvider;
import dev.p2p.router.plugin.TransportSet;
import java.io.IOException;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * W5: one listening transport and a few dialing ones in this process, each with its own key. A client dials, shakes hands and
 * closes, again and again; the server accepts, shakes hands on a thread of its own and closes.
 */
final class Handshakes {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** So many the JVM needs to have compiled all of it; on a busy machine the seconds alone would not do. */
    private static final int WARM_UP_HANDSHAKES = 20_000;

    private static final List<ChannelId> CHANNELS = Arrays.stream(
                    new int[] {0x40, 0x20, 0x21, 0x22, 0x23, 0x30, 0x38, 0x60, 0x61, 0x00})
            .mapToObj(ChannelId::new)
            .toList();

    private final int clients;
    private final int warmUpSeconds;
    private final int seconds;
    private final SecureRandom random = new SecureRandom();
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private volatile boolean measuring;
    private volatile boolean stopped;

    Handshakes(int clients, int warmUpSeconds, int seconds) {
        this.clients = clients;
        this.warmUpSeconds = warmUpSeconds;
        this.seconds = seconds;
    }

    ResultLine run() throws Exception {
        ResultLine line = new ResultLine("handshake", "default")
                .set("clients", clients)
                .set("warmupSec", warmUpSeconds)
                .set("heapMb", Runtime.getRuntime().maxMemory() >> 20);
        NodeKey serverKey = NodeKey.generate(random);
        try (TransportSet server = transports()) {
            Listener listener = tcp(server).listen(new NetEndpoint("tcp", InetAddress.getLoopbackAddress(), 0));
            Thread acceptor = Thread.ofVirtual().start(() -> accept(listener, serverKey));
            List<Thread> threads = new ArrayList<>();
            List<List<Long>> waits = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                List<Long> own = new ArrayList<>();
                waits.add(own);
                threads.add(
                        Thread.ofVirtual().start(() -> dial((NetEndpoint) listener.endpoint(), serverKey.id(), own)));
            }
            TimeUnit.SECONDS.sleep(warmUpSeconds);
            while (done.get() < WARM_UP_HANDSHAKES) {
                TimeUnit.MILLISECONDS.sleep(100);
            }
            line.set("warmupHandshakes", done.get());
            failed.set(0);
            ResultLine.Process.Cpu cpuBefore = ResultLine.Process.cpu();
            long countBefore = done.get();
            long began = System.nanoTime();
            measuring = true;
            TimeUnit.SECONDS.sleep(seconds);
            measuring = false;
            double elapsed = (System.nanoTime() - began) / 1e9;
            long count = done.get() - countBefore;
            ResultLine.Process.Cpu cpu = ResultLine.Process.cpu().since(cpuBefore);
            stopped = true;
            for (Thread thread : threads) {
                thread.join();
            }
            listener.close();
            acceptor.join();
            double total = cpu.user() + cpu.system();
            return line.set("seconds", ResultLine.round(elapsed))
                    .set("handshakes", count)
                    .set("failed", failed.get())
                    .set("perSec", ResultLine.round(count / elapsed))
                    .set("perCoreSec", ResultLine.round(count / total))
                    .set("cpuUsPerPair", ResultLine.round(total * 1e6 / count))
                    .set("cpuUser", ResultLine.round(cpu.user()))
                    .set("cpuSys", ResultLine.round(cpu.system()))
                    .waits(waits.stream().flatMap(List::stream).toList());
        }
    }

    private void accept(Listener listener, NodeKey key) {
        NodeInfo info = info(key);
        try {
            while (true) {
                PendingConnection pending = listener.accept();
                Thread.ofVirtual().start(() -> finish(pending, key, info, Optional.empty()));
            }
        } catch (ListenerClosedException e) {
            // the end of the benchmark
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void dial(NetEndpoint place, NodeId expected, List<Long> waits) {
        NodeKey key = NodeKey.generate(random);
        NodeInfo info = info(key);
        try (TransportSet own = transports()) {
            Transport tcp = tcp(own);
            while (!stopped) {
                long began = System.nanoTime();
                PendingConnection pending = tcp.dial(place, LIMIT);
                if (finish(pending, key, info, Optional.of(expected))) {
                    done.incrementAndGet();
                    if (measuring) {
                        waits.add(System.nanoTime() - began);
                    }
                }
            }
        } catch (IOException e) {
            failed.incrementAndGet();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean finish(PendingConnection pending, NodeKey key, NodeInfo info, Optional<NodeId> expected) {
        try (Connection _ = pending.handshake(new HandshakeRequest(key, info, expected, LIMIT))) {
            return true;
        } catch (IOException e) {
            failed.incrementAndGet();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    private TransportSet transports() {
        return new TransportSet(
                ServiceLoader.load(TransportProvider.class),
                ServiceLoader.load(StreamProtocolProvider.class).findFirst(),
                random,
                Map.of());
    }

    private static Transport tcp(TransportSet transports) {
        return transports.find("tcp").orElseThrow();
    }

    private static NodeInfo info(NodeKey key) {
        return NodeInfo.of(key.id(), "bench", "node", "0.38.25", "127.0.0.1:26656", CHANNELS);
    }
}
