package dev.p2p.benchmarks;

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
            case "crawl" -> new CrawlNetwork(number(rest, 0, 1_000), number(rest, 1, 50)).run();
            case "idle" -> new IdlePeers(number(rest, 0, 1_000)).run();
            default -> throw new IllegalArgumentException(usage());
        };
        line.print();
        System.exit(0);
    }

    private static int number(List<String> args, int index, int otherwise) {
        return index < args.size() ? Integer.parseInt(args.get(index)) : otherwise;
    }

    private static String usage() {
        return """
                usage: send-drain [SIZE [SENDERS]] | throughput [SIZE [WARM_UP_SECONDS [SECONDS]]] | urgent [no-bulk] | idle [PEERS]
                       | crawl [NODES [DIALS_PER_SECOND]]\
                """;
    }
}
