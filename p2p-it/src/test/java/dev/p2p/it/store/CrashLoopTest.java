package dev.p2p.it.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.p2p.api.NodeId;
import dev.p2p.api.store.HistoryEvent;
import dev.p2p.api.store.PeerFilter;
import dev.p2p.api.store.PeerRecord;
import dev.p2p.api.store.PeerStore;
import dev.p2p.api.store.PeerStoreProvider;
import dev.p2p.api.store.PeerStoreProvider.Access;
import dev.p2p.api.store.VerifyReport.Depth;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that writes is killed at moments drawn by lot, over and over on the same store: {@code -Dcrash.rounds=} says how often,
 * {@code -Dseed=} which lots.
 */
class CrashLoopTest {

    private static final int ROUNDS = Integer.getInteger("crash.rounds", 50);
    private static final long SEED = Long.getLong("seed", System.nanoTime());
    private static final int MAX_STEPS = 100;

    /** To compare everything is dear; each round reads everything, and compares what was written last. */
    private static final int DEEP_EVERY = 25;

    @TempDir
    private Path temp;

    private final Random random = new Random(SEED);
    private final Set<Integer> acknowledged = new HashSet<>();
    private int lastTried = -1;
    private int lastAcknowledged = -1;

    @Test
    void nothingAcknowledgedIsLostHoweverOftenTheProcessIsKilled() throws Exception {
        System.out.println("crash loop: -Dcrash.rounds=" + ROUNDS + " -Dseed=" + SEED);
        Path folder = temp.resolve("peers");
        ChildJvm java = ChildJvm.in(temp);
        for (int round = 1; round <= ROUNDS; round++) {
            killOnce(java, folder);
            try (PeerStore store = rocksDb().open(folder, Access.READ_WRITE)) {
                assertThat(store.verify().damaged())
                        .as("round %d of seed %d", round, SEED)
                        .isEmpty();
                requireExact(store, round);
                if (round % DEEP_EVERY == 0 || round == ROUNDS) {
                    requireEverything(store, round);
                    System.out.println(
                            "crash loop: " + round + " rounds, " + acknowledged.size() + " acknowledged steps");
                }
            }
        }
        System.out.println(
                "crash loop: " + ROUNDS + " rounds, " + acknowledged.size() + " acknowledged steps, none lost");
    }

    @Test
    void anotherProcessReadsTheStoreWhileOneWrites() throws Exception {
        Path folder = temp.resolve("peers");
        Process writer = ChildJvm.in(temp).start(CrashingWriter.class, folder.toString(), "0");
        try (BufferedReader lines = reader(writer)) {
            int seen = 0;
            while (seen < 10) {
                int before = readUntilAcknowledged(lines, 5);
                try (PeerStore store = rocksDb().open(folder, Access.READ_ONLY)) {
                    PeerRecord left = store.get(CrashingWriter.LEFT).orElseThrow();
                    assertThat(left.reputation()).isGreaterThanOrEqualTo(before);
                    assertThat(store.get(CrashingWriter.RIGHT).orElseThrow().reputation())
                            .isEqualTo(left.reputation());
                }
                seen++;
            }
        } finally {
            writer.destroyForcibly();
            assertThat(writer.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** Kills while it opens, or after some acknowledged steps, and a moment of up to a few steps later. */
    private void killOnce(ChildJvm java, Path folder) throws Exception {
        int steps = random.nextInt(10) == 0 ? -1 : random.nextInt(MAX_STEPS);
        long moment = random.nextLong(3_000_000);
        Process child = java.start(CrashingWriter.class, folder.toString(), String.valueOf(lastTried + 1));
        try (BufferedReader lines = reader(child)) {
            int left = steps;
            String line = lines.readLine();
            while (line != null) {
                note(line);
                left -= line.startsWith("ack ") ? 1 : 0;
                if (left < 0 && child.isAlive() && (steps >= 0 || line.equals("opening"))) {
                    long until = System.nanoTime() + moment;
                    while (System.nanoTime() < until) {
                        Thread.onSpinWait();
                    }
                    child.toHandle().destroyForcibly(); // SIGKILL, and what it wrote can still be read
                    left = Integer.MAX_VALUE;
                }
                line = lines.readLine();
            }
            assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(child.exitValue())
                    .as("killed by SIGKILL, not ended by itself")
                    .isEqualTo(128 + 9);
        }
    }

    private void note(String line) {
        if (line.startsWith("try ")) {
            lastTried = Integer.parseInt(line.substring(4));
        } else if (line.startsWith("ack ")) {
            lastAcknowledged = Integer.parseInt(line.substring(4));
            acknowledged.add(lastAcknowledged);
        }
    }

    /** Both counters stand at the last step that was acknowledged, or at the one that was under way. */
    private void requireExact(PeerStore store, int round) throws IOException {
        if (lastAcknowledged < 0) {
            return;
        }
        String where = "round " + round + " of seed " + SEED;
        int counter = counter(store, CrashingWriter.LEFT);
        assertThat(counter).as(where).isIn(lastAcknowledged, lastTried);
        assertThat(counter(store, CrashingWriter.RIGHT)).as(where).isEqualTo(counter);
        HistoryEvent newest = store.history(CrashingWriter.LEFT, 1).getFirst();
        assertThat(newest.detail()).as(where).isEqualTo(String.valueOf(counter));
        if (counter == lastTried) {
            acknowledged.add(counter);
            lastAcknowledged = counter;
        }
    }

    private void requireEverything(PeerStore store, int round) throws IOException {
        Map<NodeId, PeerRecord> records = new HashMap<>();
        read(store, PeerFilter.ALL, records);
        Map<NodeId, PeerRecord> bans = new HashMap<>();
        read(store, new PeerFilter.WithBan(), bans);
        for (int step : acknowledged) {
            NodeId id = CrashingWriter.subject(step);
            switch (step % 3) {
                case 0 -> {
                    assertThat(records.get(id))
                            .as("ban of step %d, round %d", step, round)
                            .isEqualTo(CrashingWriter.banned(step));
                    assertThat(bans.get(id)).isEqualTo(CrashingWriter.banned(step));
                }
                case 1 ->
                    assertThat(records.get(id))
                            .as("configured peer of step %d, round %d", step, round)
                            .isEqualTo(CrashingWriter.configured(step));
                default -> {}
            }
        }
        assertThat(bans).hasSize((int)
                acknowledged.stream().filter(step -> step % 3 == 0).count());
        assertThat(store.verify(Depth.DEEP).damaged()).isEmpty();
    }

    private static void read(PeerStore store, PeerFilter filter, Map<NodeId, PeerRecord> into) throws IOException {
        try (PeerStore.Scan scan = store.scan(filter)) {
            Optional<PeerRecord> peer = scan.next();
            while (peer.isPresent()) {
                into.put(peer.get().id(), peer.get());
                peer = scan.next();
            }
        }
    }

    private int readUntilAcknowledged(BufferedReader lines, int steps) throws IOException {
        int last = -1;
        int left = steps;
        while (left > 0) {
            String line = lines.readLine();
            assertThat(line).as("the writer lives").isNotNull();
            if (line.startsWith("ack ")) {
                last = Integer.parseInt(line.substring(4));
                left--;
            }
        }
        return last;
    }

    private static int counter(PeerStore store, NodeId id) throws IOException {
        return (int) store.get(id).orElseThrow().reputation();
    }

    private static BufferedReader reader(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    private static PeerStoreProvider rocksDb() {
        return ServiceLoader.load(PeerStoreProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.name().equals("rocksdb"))
                .findFirst()
                .orElseThrow();
    }

    /** Starts a main class of these tests in a small virtual machine of its own. */
    private record ChildJvm(List<String> command) {

        /** RocksDB would copy its library to the temporary folder at each start, and a killed process leaves it there. */
        private static final String LIBRARY = "librocksdbjni-linux64.so";

        static ChildJvm in(Path folder) throws IOException {
            Path library = folder.resolve(LIBRARY);
            try (InputStream packed =
                    Class.forName("org.rocksdb.RocksDB").getModule().getResourceAsStream(LIBRARY)) {
                if (packed != null && Files.notExists(library)) {
                    Files.copy(packed, library);
                }
            } catch (ClassNotFoundException e) {
                throw new IOException("RocksDB is not there", e);
            }
            String path = System.getProperty("jdk.module.path", "")
                    + File.pathSeparator
                    + System.getProperty("java.class.path", "")
                    + File.pathSeparator
                    + CrashingWriter.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .getPath();
            return new ChildJvm(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-Xmx64m",
                    "--enable-native-access=ALL-UNNAMED",
                    "-Djava.library.path=" + folder,
                    "-Djava.io.tmpdir=" + folder,
                    "-cp",
                    path));
        }

        Process start(Class<?> main, String... arguments) throws IOException {
            List<String> all = new java.util.ArrayList<>(command);
            all.add(main.getName());
            all.addAll(List.of(arguments));
            return new ProcessBuilder(all)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        }
    }
}
