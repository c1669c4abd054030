package dev.p2p.cli.crawl.result;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A crawl in a few figures.
 *
 * @param network whose nodes were asked; empty if nobody was reached
 * @param began when this run began
 * @param took how long this run took
 * @param complete whether nobody was left to visit
 * @param known how many nodes are known, visited or not
 * @param beyondLimit how many tellings were about nodes beyond the limit
 * @param groupLimited how many nodes were not dialed because their network had its share of dials
 * @param rounds how often each node was asked at most
 * @param neighbours whether edges were recorded, in this run or an earlier one; if not, nobody knows how many there are
 */
public record CrawlSummary(
        String network,
        Instant began,
        Duration took,
        boolean complete,
        int known,
        int beyondLimit,
        int groupLimited,
        int rounds,
        boolean neighbours) {

    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    /** All fields, with those of the result, in their order in the file. */
    public Map<String, Object> fields(CrawlResult result) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("network", network);
        fields.put("began", began.toString());
        fields.put("seconds", Math.round(took.toMillis() / 10.0) / 100.0);
        fields.put("complete", complete);
        fields.put("known", known);
        fields.put("visited", result.nodes().size());
        fields.put("reached", result.reached());
        fields.put("answered", result.answered());
        fields.put("rounds", rounds);
        fields.put("may_know_more", result.mayKnowMore());
        if (neighbours) {
            fields.put("edges", result.edges());
            fields.put("mean_degree", Math.round(result.meanDegree() * 100) / 100.0);
        }
        fields.put("beyond_limit", beyondLimit);
        fields.put("group_limited", groupLimited);
        fields.put("outcomes", result.outcomes());
        fields.put("versions", result.versions());
        fields.put("networks", result.networks());
        fields.put("depths", result.depths());
        fields.put("tcp_ms", percentiles(result.roundTrips()));
        return fields;
    }

    /** The file's text. */
    public String json(CrawlResult result) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("schema", 1);
        object.put("kind", "crawl");
        object.putAll(fields(result));
        return GSON.toJson(object) + "\n";
    }

    /** The smallest that so many of a hundred do not exceed; there is at least one value. */
    public static double percentile(List<Double> ascending, int percent) {
        return ascending.get(Math.max(0, (int) (((long) ascending.size() * percent + 99) / 100) - 1));
    }

    private static Map<String, Double> percentiles(List<Double> ascending) {
        Map<String, Double> fields = new LinkedHashMap<>();
        if (!ascending.isEmpty()) {
            for (int percent : new int[] {50, 90, 99}) {
                fields.put("p" + percent, Math.round(percentile(ascending, percent) * 1_000) / 1_000.0);
            }
        }
        return fields;
    }
}
