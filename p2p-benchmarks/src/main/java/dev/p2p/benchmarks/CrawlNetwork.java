package dev.p2p.benchmarks;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * W9: the program {@code p2p crawl} on a network of complete nodes on loopback TCP, half of them dead. The living half runs in this
 * process; the crawler is a process of its own with 512 MiB of heap at most, and its peak of resident memory is what Linux says.
 */
final class CrawlNetwork {

    private static final int LIMIT_SECONDS = 300;

    private final int nodes;
    private final double rate;
    private final int rounds;

    /**
     * @param nodes dead and living
     * @param rate the crawler's dials a second
     * @param rounds how often a node that may know more is asked
     */
    CrawlNetwork(int nodes, double rate, int rounds) {
        this.nodes = nodes;
        this.rate = rate;
        this.rounds = rounds;
    }

    ResultLine run() throws Exception {
        ResultLine line = new ResultLine("crawl", "default")
                .set("nodes", nodes)
                .set("rate", rate)
                .set("rounds", rounds);
        Path folder = Files.createTempDirectory("p2p-crawl-");
        try (HalfDeadNetwork network = new HalfDeadNetwork(nodes)) {
            long began = System.nanoTime();
            java.lang.Process crawler = crawler(network.start(), folder.resolve("out"));
            long peakRssKb = 0;
            while (!crawler.waitFor(50, TimeUnit.MILLISECONDS)) {
                peakRssKb = Math.max(peakRssKb, peakRssKb(crawler));
                if (System.nanoTime() - began > TimeUnit.SECONDS.toNanos(LIMIT_SECONDS)) {
                    crawler.destroyForcibly();
                    throw new IllegalStateException("the crawl did not end within " + LIMIT_SECONDS + " s");
                }
            }
            double seconds = (System.nanoTime() - began) / 1e9;
            JsonObject summary = JsonParser.parseString(output(crawler)).getAsJsonObject();
            return line.set("exitCode", crawler.exitValue())
                    .set("seconds", ResultLine.round(seconds))
                    .set("crawlSeconds", summary.get("seconds"))
                    .set("crawlerPeakRssKb", peakRssKb)
                    .set("living", network.living())
                    .set("known", summary.get("known"))
                    .set("visited", summary.get("visited"))
                    .set("answered", summary.get("answered"))
                    .set("edges", summary.get("edges"))
                    .set("outcomes", summary.get("outcomes"));
        } finally {
            delete(folder);
        }
    }

    private java.lang.Process crawler(String start, Path out) throws IOException {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "--enable-native-access=dev.p2p.transport.tcp,rocksdbjni",
                "-p",
                System.getProperty("jdk.module.path"),
                "-m",
                "dev.p2p.cli/dev.p2p.cli.Main"));
        line.addAll(List.of("crawl", "--start", start, "--out", out.toString(), "--neighbors", "-o", "json"));
        line.addAll(List.of("--rate", String.valueOf(rate), "--rounds", String.valueOf(rounds), "--progress", "none"));
        return new ProcessBuilder(line)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static String output(java.lang.Process crawler) throws IOException {
        try (InputStream in = crawler.getInputStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The most memory that the process ever had, 0 if it has just ended. */
    private static long peakRssKb(java.lang.Process process) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException | java.io.UncheckedIOException e) {
            return 0;
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
