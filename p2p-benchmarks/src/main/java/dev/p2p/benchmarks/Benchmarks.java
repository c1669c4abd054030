package dev.p2p.benchmarks;

import dev.p2p.api.store.PeerStoreException;
import java.nio.file.Path;
import java.util.List;

/** Runs one workload and prints its line. A fresh JVM for each run: {@code run.sh} sees to that. */
public final class Benchmarks {

    private Benchmarks() {}

    /** @param args workload and its parameters, see {@link #usage()} */
    public static void main(String[] args) throws Exception {
        if (args.length == 0) {
            throw new IllegalArgumentException(usage());
        }
        List<String> rest = List.of(args).subList(1, args.length);
        ResultLine line = switch (args[0]) {
            case "send-drain" -> new SendDrain(number(rest, 0, 65_536), number(rest, 1, 1)).run();
            case "throughput" -> new Throughput(number(rest, 0, 100), number(rest, 1, 10), number(rest, 2, 4)).run();
            case "urgent" -> new Urgent(!rest.contains("no-bulk")).run();
            case "apply" -> new ApplyRate(number(rest, 0, 0)).run();
            case "crawl" -> new CrawlNetwork(number(rest, 0, 1_000), number(rest, 1, 50), number(rest, 2, 1)).run();
            case "idle" -> new IdlePeers(number(rest, 0, 1_000)).run();
            case "store-open" -> new StoreOpen(number(rest, 0, 1_000_000)).run();
            case "store-updates" -> new StoreUpdates(number(rest, 0, 1_000_000)).run();
            case "store-make" -> made(Path.of(rest.getFirst()), number(rest, 1, 100_000));
            case "handshake" -> new Handshakes(number(rest, 0, 8), number(rest, 1, 10), number(rest, 2, 4)).run();
            case "half-open" -> new HalfOpen(number(rest, 0, 10_000), rest.contains("lifted")).run();
            default -> throw new IllegalArgumentException(usage());
        };
        line.print();
        System.exit(0);
    }

    /** A store to try the program on. */
    private static ResultLine made(Path folder, int peers) throws PeerStoreException {
        StoreRecords.make(folder, peers);
        return new ResultLine("store-make", "peers=" + peers);
    }

    private static int number(List<String> args, int index, int otherwise) {
        return index < args.size() ? Integer.parseInt(args.get(index)) : otherwise;
    }

    private static String usage() {
        return """
                usage: send-drain [SIZE [SENDERS]] | throughput [SIZE [WARM_UP_SECONDS [SECONDS]]] | urgent [no-bulk] | idle [PEERS]
                | handshake [CLIENTS [WARM_UP_SECONDS [SECONDS]]] | half-open [CONNECTIONS [lifted]] | apply [PEERS]
                | crawl [NODES [DIALS_PER_SECOND [ROUNDS]]]
                | store-open [PEERS] | store-updates [PEERS] | store-make FOLDER [PEERS]\
                """;
    }
}
