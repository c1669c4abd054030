package dev.p2p.benchmarks;

import dev.p2p.api.store.PeerStore;
import dev.p2p.router.internal.store.PeerIndex;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A store is opened and its compact index filled; then records are read at random. Files are in the page cache. */
final class StoreOpen {

    private static final int READS = 200_000;
    private static final int OPENINGS = 5;

    private final int peers;

    StoreOpen(int peers) {
        this.peers = peers;
    }

    ResultLine run() throws Exception {
        Path temporary = Files.createTempDirectory("store-open");
        Path folder = temporary.resolve("peers");
        try {
            StoreRecords.make(folder, peers);
            ResultLine line = new ResultLine("store-open", "peers=" + peers);
            List<Double> seconds = new ArrayList<>();
            for (int i = 0; i < OPENINGS; i++) {
                seconds.add(openOnce(folder, line));
            }
            line.set("firstOpenAndIndexSeconds", ResultLine.round(seconds.getFirst()));
            line.set(
                    "medianOpenAndIndexSeconds",
                    ResultLine.round(seconds.stream().sorted().toList().get(OPENINGS / 2)));
            return line;
        } finally {
            StoreFolder.delete(temporary);
        }
    }

    private double openOnce(Path folder, ResultLine line) throws Exception {
        long before = heap();
        long start = System.nanoTime();
        try (PeerStore store = StoreRecords.open(folder)) {
            PeerIndex index = PeerIndex.load(store, 1);
            if (index.first().isEmpty()) {
                throw new IllegalStateException("nobody to dial");
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            long after = heap();
            line.set("indexed", index.size());
            line.set("heapBytesPerPeer", ResultLine.round((after - before) / (double) index.size()));
            read(store, line);
            // Used once more, so that it was alive when the heap was measured.
            line.set("firstDue", index.firstDue());
            return seconds;
        }
    }

    private void read(PeerStore store, ResultLine line) throws Exception {
        Random random = new Random(1);
        long start = System.nanoTime();
        for (int i = 0; i < READS; i++) {
            if (store.get(StoreRecords.id(random.nextInt(peers))).isEmpty()) {
                throw new IllegalStateException("a record is missing");
            }
        }
        line.set("getMicros", ResultLine.round((System.nanoTime() - start) / 1e3 / READS));
    }

    private static long heap() {
        for (int i = 0; i < 4; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
