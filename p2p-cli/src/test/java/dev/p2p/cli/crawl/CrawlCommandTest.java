package dev.p2p.cli.crawl;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.p2p.api.NodeKey;
import dev.p2p.cli.Typed;
import dev.p2p.cli.crawl.result.EdgeRow;
import dev.p2p.cli.crawl.result.JsonLines;
import dev.p2p.cli.crawl.result.NodeRow;
import dev.p2p.cli.dial.TestNodes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code p2p crawl} on a small network on loopback: thirty nodes that answer, thirty dead ones, and some that lie. */
class CrawlCommandTest {

    private final TestNodes nodes = new TestNodes();
    private final TellingNetwork network = new TellingNetwork(nodes, "crawl-net");

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        nodes.close();
    }

    @Test
    void aFolderThatCannotBeMadeIsSaidInWords() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        String[] places = {file.toString(), file.resolve("below").toString(), "/proc/crawl"};
        for (String place : places) {
            Typed ran = Typed.words("crawl", "--start", "127.0.0.1:1", "--out", place)
                    .failed(1, "P2P-FOLDER-UNUSABLE");
            assertThat(ran.cause()).contains(place).doesNotContain("Exception");
            assertThat(ran.err()).doesNotContain("--resume");
        }
    }

    @Test
    void everybodyIsVisitedOnceWhoeverIsDeadOrLies() throws Exception {
        network.add(30, 30);
        NodeKey endless = network.liar(TellingNetwork.Lie.ENDLESS_MESSAGE);
        NodeKey many = network.liar(TellingNetwork.Lie.TOO_MANY_ADDRESSES);
        NodeKey chatty = network.liar(TellingNetwork.Lie.TALKS_ON);
        NodeKey other = network.liar(TellingNetwork.Lie.OTHER_NETWORK);
        TellingNetwork.Impostor impostor = network.impostor();
        network.garbage();
        Typed ran = crawl("--start", network.start(), "--neighbors", "-o", "json");
        assertThat(ran.err()).isEmpty();
        assertThat(ran.exitCode()).isZero();
        JsonObject summary = JsonParser.parseString(ran.out()).getAsJsonObject();
        assertThat(summary.get("complete").getAsBoolean()).isTrue();
        assertThat(summary.get("network").getAsString()).isEqualTo("crawl-net");
        assertThat(summary.get("answered").getAsInt()).isEqualTo(30);
        assertThat(summary.get("known").getAsInt()).isEqualTo(66);
        assertThat(summary.getAsJsonObject("outcomes").get("connection-refused").getAsInt())
                .isEqualTo(30);
        Map<String, NodeRow> rows = rows();
        assertThat(rows).hasSize(66);
        assertThat(rows.get(endless.id().toString()).outcome()).isEqualTo("too-large");
        assertThat(rows.get(many.id().toString()).outcome()).isEqualTo("undecodable-message");
        assertThat(rows.get(chatty.id().toString()).outcome()).isEqualTo("flood");
        assertThat(rows.get(other.id().toString()).outcome()).isEqualTo("wrong-network");
        assertThat(rows.get(other.id().toString()).network()).isEqualTo("another-network");
        NodeRow instead = rows.get(impostor.claimed().toString());
        assertThat(instead.outcome()).isEqualTo("wrong-id");
        assertThat(instead.answeredBy()).isEqualTo(impostor.real().toString());
        assertThat(instead.reached()).isFalse();
        assertThat(rows.values()).filteredOn(row -> row.answeredBy() != null).hasSize(1);
        assertThat(network.questions().values()).as("questions to each node").allMatch(count -> count == 1);
        assertThat(Files.readString(out().resolve("report.html"))).contains("crawl-net", "id=\"graph\"");
        assertThat(out().resolve("frontier.jsonl")).doesNotExist();
        assertThat(edges()).hasSize(summary.get("edges").getAsInt()).doesNotHaveDuplicates();
    }

    @Test
    void theLimitOfNodesIsNeverExceeded() throws Exception {
        network.add(20, 20);
        Typed ran = crawl("--start", network.start(), "--max-peers", "12", "-o", "json");
        assertThat(ran.exitCode()).isZero();
        assertThat(rows()).hasSizeLessThanOrEqualTo(12);
        JsonObject summary = JsonParser.parseString(ran.out()).getAsJsonObject();
        assertThat(summary.get("known").getAsInt()).isEqualTo(12);
        assertThat(summary.get("beyond_limit").getAsInt()).isPositive();
    }

    @Test
    void theDepthLimitsTheSteps() throws Exception {
        network.add(10, 0);
        crawl("--start", network.start(), "--depth", "0");
        assertThat(rows()).hasSize(1);
    }

    @Test
    void aCrawlGoesOnWhereItWasCutOff() throws Exception {
        network.add(20, 4);
        crawl("--start", network.start());
        Map<String, NodeRow> complete = rows();
        cutOff();
        network.questions().clear();
        Typed again = crawl("--resume");
        assertThat(again.exitCode()).isZero();
        assertThat(rows().keySet()).isEqualTo(complete.keySet());
        assertThat(network.questions()).as("nobody is asked again").doesNotContainKey(network.first());
        assertThat(again.out()).startsWith("done in ").contains("files    nodes.jsonl");
    }

    @Test
    void anUnreachableStartIsNoAnswer() throws Exception {
        Typed ran = crawl("--start", nodes.deadPlace());
        assertThat(ran.exitCode()).isEqualTo(4);
        assertThat(ran.out()).contains("reached 0 (0.0%)").contains("outcomes connection-refused (100.0%)");
    }

    @Test
    void aFolderInWhichNothingWasKeptIsNoCrawl() throws Exception {
        Files.createDirectories(out());
        for (String file : List.of("nodes.jsonl", "edges.jsonl", "frontier.jsonl")) {
            Files.createFile(out().resolve(file));
        }
        crawl("--resume").failed(3, "P2P-CRAWL-NOT-FOUND");
        assertThat(crawl("--start", nodes.deadPlace()).exitCode()).isEqualTo(4);
    }

    @Test
    void aUsedFolderIsNotWrittenOver() throws Exception {
        crawl("--start", nodes.deadPlace());
        Typed ran = crawl("--start", nodes.deadPlace());
        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err())
                .startsWith("error: cannot begin a crawl in ")
                .contains("(P2P-CRAWL-EXISTS)")
                .hasLineCount(4);
        assertThat(Typed.words(
                                "crawl",
                                "--resume",
                                "--out",
                                folder.resolve("none").toString())
                        .exitCode())
                .isEqualTo(3);
        assertThat(Typed.words("crawl", "--out", folder.resolve("none").toString())
                        .exitCode())
                .isEqualTo(2);
    }

    private Typed crawl(String... args) {
        List<String> line = new ArrayList<>(List.of("crawl", "--out", out().toString(), "--progress", "none"));
        line.addAll(List.of("--timeout", "30s", "--rate", "500"));
        line.addAll(List.of(args));
        return Typed.words(line.toArray(String[]::new));
    }

    /** Leaves of the results what a crawl has that was killed after its first visit. */
    private void cutOff() throws IOException {
        List<String> lines = Files.readAllLines(out().resolve("nodes.jsonl"));
        Files.writeString(
                out().resolve("nodes.jsonl"),
                lines.getFirst() + "\n" + lines.get(1).substring(0, 20));
        StringBuilder frontier = new StringBuilder();
        network.told(network.first())
                .forEach(address -> frontier.append("{\"address\":\"")
                        .append(address)
                        .append("\",\"source\":\"")
                        .append(network.first())
                        .append("\",\"depth\":1}\n"));
        Files.writeString(out().resolve("frontier.jsonl"), frontier);
    }

    private Path out() {
        return folder.resolve("crawl");
    }

    private Map<String, NodeRow> rows() throws IOException {
        Map<String, NodeRow> rows = new HashMap<>();
        JsonLines.read(out().resolve("nodes.jsonl"), NodeRow.class, row -> {
            assertThat(rows.put(row.key(), row)).as("lines about %s", row.key()).isNull();
        });
        return rows;
    }

    private List<String> edges() throws IOException {
        List<EdgeRow> edges = new ArrayList<>();
        JsonLines.read(out().resolve("edges.jsonl"), EdgeRow.class, edges::add);
        return edges.stream().map(EdgeRow::toString).collect(Collectors.toList());
    }
}
