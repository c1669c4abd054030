package dev.p2p.cli.crawl.result;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a crawl has found so far, read from its files. Holds one row for each node; edges are counted and not kept.
 *
 * @param nodes one row for each node, the last one written, in the order of the first
 * @param edges how many edges there are
 * @param degrees for each node with edges, how many there are to and from it
 */
public record CrawlResult(List<NodeRow> nodes, long edges, Map<String, Integer> degrees) {

    public static CrawlResult read(CrawlFolder folder) throws IOException {
        Map<String, NodeRow> rows = new LinkedHashMap<>();
        JsonLines.read(folder.nodes(), NodeRow.class, row -> rows.put(row.key(), row));
        Map<String, Integer> degrees = new HashMap<>();
        long[] edges = {0};
        JsonLines.read(folder.edges(), EdgeRow.class, edge -> {
            edges[0]++;
            for (String end : List.of(edge.from(), edge.to())) {
                if (rows.containsKey(end)) {
                    degrees.merge(end, 1, Integer::sum);
                }
            }
        });
        return new CrawlResult(List.copyOf(rows.values()), edges[0], degrees);
    }

    /**
     * The edges between some of the nodes, each pair once whichever told; if there are more than a limit, a fair sample (algorithm
     * R) that is the same each time.
     */
    public static List<EdgeRow> edgesAmong(CrawlFolder folder, Set<String> ids, int limit) throws IOException {
        List<EdgeRow> sample = new ArrayList<>();
        Set<EdgeRow> seen = new HashSet<>();
        Random random = new Random(1);
        JsonLines.read(folder.edges(), EdgeRow.class, edge -> {
            boolean wanted = ids.contains(edge.from()) && ids.contains(edge.to());
            if (wanted && !seen.contains(new EdgeRow(edge.to(), edge.from())) && seen.add(edge)) {
                int place = random.nextInt(seen.size());
                if (sample.size() < limit) {
                    sample.add(edge);
                } else if (place < limit) {
                    sample.set(place, edge);
                }
            }
        });
        return sample;
    }

    public long reached() {
        return nodes.stream().filter(NodeRow::reached).count();
    }

    public long answered() {
        return nodes.stream().filter(NodeRow::answered).count();
    }

    /** How many nodes may know neighbours that they have not told yet. */
    public long mayKnowMore() {
        return nodes.stream().filter(NodeRow::mayKnowMore).count();
    }

    /** Edges for each node that told any. */
    public double meanDegree() {
        return answered() == 0 ? 0 : (double) edges / answered();
    }

    /** How many visits ended in each way, most frequent first. */
    public Map<String, Long> outcomes() {
        return counted(nodes.stream().map(NodeRow::outcome).toList());
    }

    /** Which software the reached nodes run, most frequent first. */
    public Map<String, Long> versions() {
        return counted(nodes.stream()
                .filter(NodeRow::reached)
                .map(row -> orNone(row.version()))
                .toList());
    }

    /** Which networks the reached nodes belong to, most frequent first. */
    public Map<String, Long> networks() {
        return counted(nodes.stream()
                .filter(NodeRow::reached)
                .map(row -> orNone(row.network()))
                .toList());
    }

    /** How many nodes were found so many steps from a start. */
    public Map<String, Long> depths() {
        return nodes.stream()
                .collect(Collectors.groupingBy(NodeRow::depth, java.util.TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .collect(Collectors.toMap(
                        entry -> entry.getKey().toString(), Map.Entry::getValue, (a, b) -> a, LinkedHashMap::new));
    }

    /** Milliseconds to open a connection to a reached node, ascending. */
    public List<Double> roundTrips() {
        List<Double> trips = new ArrayList<>();
        for (NodeRow row : nodes) {
            if (row.reached() && row.tcpMs() != null) {
                trips.add(row.tcpMs());
            }
        }
        trips.sort(Comparator.naturalOrder());
        return trips;
    }

    /** A node's own word, or that it has none. */
    public static String orNone(@Nullable String word) {
        return word == null || word.isEmpty() ? "(none)" : word;
    }

    private static Map<String, Long> counted(List<String> words) {
        Map<String, Long> counts = words.stream().collect(Collectors.groupingBy(word -> word, Collectors.counting()));
        return counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, LinkedHashMap::new));
    }
}
