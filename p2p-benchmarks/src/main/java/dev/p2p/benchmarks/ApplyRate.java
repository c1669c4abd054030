package dev.p2p.benchmarks;

import dev.p2p.api.AddressScope;
import dev.p2p.api.ChannelId;
import dev.p2p.api.Direction;
import dev.p2p.api.NetEndpoint;
import dev.p2p.api.NodeAddress;
import dev.p2p.api.NodeId;
import dev.p2p.api.NodeInfo;
import dev.p2p.api.PeerRef;
import dev.p2p.api.Reason;
import dev.p2p.api.reactor.PeerError;
import dev.p2p.api.store.AddressRecord;
import dev.p2p.api.store.PeerRecord;
import dev.p2p.api.store.Source;
import dev.p2p.router.internal.peers.Effect;
import dev.p2p.router.internal.peers.Input;
import dev.p2p.router.internal.peers.PeerManager;
import dev.p2p.router.internal.peers.PeerPolicy;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * The peer manager alone: how many inputs a second it takes with so many known peers. The table is full, half of it verified, so
 * that every new peer makes another one go. Of 20 inputs, 8 name a known address and 4 a new one, 3 are about inbound connections
 * (knock, handshake, end), 2 are wakes, 1 is a report, and dials end as they began, one in three with a connection.
 */
final class ApplyRate {

    private static final List<Integer> SIZES = List.of(1_000, 10_000, 100_000, 1_000_000);
    private static final int PREPARED = 1 << 17;
    private static final int WARM_UP = 600_000;
    private static final int MEASURED = 2_000_000;
    private static final int MILLIS_PER_INPUT = 2;

    /** On a machine that others use as well, only the thread's own time says what an input costs. */
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final List<Integer> sizes;

    /** @param size how many peers; 0 for the row from a thousand to a million */
    ApplyRate(int size) {
        this.sizes = size > 0 ? List.of(size) : SIZES;
    }

    ResultLine run() {
        ResultLine line = new ResultLine("apply", "virtual-time");
        List<Map<String, Object>> rows = new ArrayList<>();
        new Life(SIZES.getFirst()).run(WARM_UP);
        for (int size : sizes) {
            Life life = new Life(size);
            life.run(WARM_UP);
            long began = System.nanoTime();
            long cpuBegan = THREADS.getCurrentThreadCpuTime();
            life.run(MEASURED);
            long cpu = THREADS.getCurrentThreadCpuTime() - cpuBegan;
            double perSecond = MEASURED / ((System.nanoTime() - began) / 1e9);
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("knownPeers", size);
            row.put("inputsPerSec", Math.round(perSecond));
            row.put("nanosPerInput", Math.round(1e9 / perSecond));
            row.put("cpuNanosPerInput", cpu / MEASURED);
            rows.add(row);
        }
        return line.set("inputs", MEASURED).set("rows", rows);
    }

    /** One machine and what happens to it. */
    private static final class Life {

        private static final NodeId SELF = new NodeId(-1, -1, -1);

        private final SplittableRandom random = new SplittableRandom(42);
        private final PeerManager manager;
        private final List<Input> known = new ArrayList<>();
        private final List<Input> unknown = new ArrayList<>();
        private final ArrayDeque<Effect.Dial> dials = new ArrayDeque<>();
        private final ArrayDeque<Long> handshakes = new ArrayDeque<>();
        private final ArrayDeque<PeerRef> live = new ArrayDeque<>();
        private final NodeInfo[] infos = new NodeInfo[512];
        private final NetEndpoint remote = new NetEndpoint("tcp", ip(7), 4_000);
        private Instant now = Instant.ofEpochSecond(1_700_000_000);
        private long attempts;
        private int step;

        Life(int size) {
            PeerPolicy policy = PeerPolicy.defaults(SELF)
                    .withNarrowestScope(AddressScope.LOOPBACK)
                    .withCaps(40, 10, size);
            manager = new PeerManager(policy, new SplittableRandom(1), () -> ++attempts);
            List<PeerRecord> peers = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                peers.add(remembered(i));
            }
            manager.apply(new Input.Restore(peers), now);
            observe(manager.apply(new Input.Start(), now));
            for (int i = 0; i < PREPARED; i++) {
                known.add(learn(random.nextInt(size), i));
                unknown.add(learn(size + i, i));
            }
            for (int i = 0; i < infos.length; i++) {
                infos[i] = info(id(2 * size + PREPARED + i));
            }
        }

        void run(int inputs) {
            for (int i = 0; i < inputs; i++) {
                now = now.plusMillis(MILLIS_PER_INPUT);
                observe(manager.apply(next(), now));
            }
        }

        private Input next() {
            int at = step++;
            return switch (at % 20) {
                case 0, 2, 4, 6, 8, 10, 12, 14 -> known.get(at / 2 & PREPARED - 1);
                case 1, 5, 9, 13 -> unknown.get(at / 4 & PREPARED - 1);
                case 3 -> new Input.Accepted(++attempts, remote);
                case 7 -> handshakes.isEmpty() ? new Input.Wake() : handshaken(handshakes.remove());
                case 11 ->
                    live.size() < 12 ? new Input.Wake() : new Input.Closed(live.remove(), Reason.NETWORK_FAILURE);
                case 15 ->
                    live.isEmpty() ? new Input.Wake() : new Input.Reported(live.peek(), PeerError.penalise("late", 1));
                case 16, 17, 18 -> dials.isEmpty() ? new Input.Wake() : dialEnds(dials.remove());
                default -> new Input.Wake();
            };
        }

        private Input handshaken(long attempt) {
            return new Input.Handshaken(attempt, infos[step / 20 % infos.length], Direction.INBOUND, remote);
        }

        private Input dialEnds(Effect.Dial dial) {
            return step % 3 == 0
                    ? new Input.Handshaken(dial.attempt(), info(dial.address().id()), Direction.OUTBOUND, remote)
                    : new Input.DialFailed(dial.attempt(), Reason.DIAL_TIMEOUT, "");
        }

        private void observe(List<Effect> effects) {
            for (Effect effect : effects) {
                switch (effect) {
                    case Effect.Dial dial -> dials.add(dial);
                    case Effect.Proceed proceed -> handshakes.add(proceed.attempt());
                    case Effect.Admit admit -> live.add(admit.peer());
                    case Effect.Close close -> {
                        if (live.remove(close.peer())) {
                            live.addFirst(close.peer());
                        }
                    }
                    default -> {}
                }
            }
        }

        private PeerRecord remembered(int number) {
            NodeAddress address = address(number);
            AddressRecord heard = AddressRecord.heard(address, source(number), now);
            boolean verified = number % 2 == 0;
            AddressRecord record = verified
                    ? heard.succeeded(now.minusSeconds(number)).failed(now.plusSeconds(random.nextInt(3_600)))
                    : heard;
            return PeerRecord.unknown(address.id(), now).withAddresses(List.of(record));
        }

        private static Input learn(int number, int teller) {
            return new Input.Learn(address(number), source(teller));
        }

        private static Source source(int number) {
            return new Source.Exchange(id(1_000_000_000 + number % 1_000));
        }

        private static NodeAddress address(int number) {
            return NodeAddress.of(id(number), new NetEndpoint("tcp", ip(number), 26_656));
        }

        private static NodeInfo info(NodeId id) {
            return NodeInfo.of(id, "bench", "peer", "", "0.0.0.0:26656", List.of(new ChannelId(0)));
        }

        /** Public addresses, spread over the network. */
        private static InetAddress ip(int number) {
            int mixed = number * 0x9E37_79B1;
            try {
                return InetAddress.getByAddress(new byte[] {
                    (byte) (20 + (mixed >>> 28)), (byte) (mixed >>> 20), (byte) number, (byte) (number >> 8)
                });
            } catch (UnknownHostException e) {
                throw new IllegalStateException("four bytes are an address", e);
            }
        }

        private static NodeId id(int number) {
            long mixed = number * 0x9E37_79B9_7F4A_7C15L;
            return new NodeId(mixed, Long.rotateLeft(mixed, 32), number);
        }
    }
}
