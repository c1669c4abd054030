package dev.p2p.benchmarks;

import com.google.gson.Gson;
import dev.p2p.api.transport.StreamProtocolProvider;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/** The fields of a run, in the order in which they were set; what was not measured is absent. */
final class ResultLine {

    private final Map<String, Object> fields = new LinkedHashMap<>();

    ResultLine(String bench, String config) {
        set("bench", bench);
        set("impl", "p2p-java");
        set("config", config);
        for (StreamProtocolProvider wire : ServiceLoader.load(StreamProtocolProvider.class)) {
            set("net", wire.name());
            wire.details().forEach(this::set);
        }
        set("jvm", Runtime.version().toString());
        set("gc", ManagementFactory.getGarbageCollectorMXBeans().getFirst().getName());
        set("cores", Runtime.getRuntime().availableProcessors());
        set("load1", Process.load1());
    }

    ResultLine set(String name, Object value) {
        fields.put(name, value);
        return this;
    }

    /** Sets bytes and messages with their rates, and the CPU time that both ends together used. */
    ResultLine throughput(double seconds, long messages, long bytes, Process.Cpu cpu) {
        set("seconds", round(seconds));
        set("received", messages);
        set("bytes", bytes);
        set("mbPerSec", round(bytes / 1e6 / seconds));
        set("msgPerSec", Math.round(messages / seconds));
        set("cpuUser", round(cpu.user()));
        set("cpuSys", round(cpu.system()));
        set("cpuPerGb", round((cpu.user() + cpu.system()) / (bytes / 1e9)));
        set("cpuUsPerMsg", round((cpu.user() + cpu.system()) * 1e6 / messages));
        return this;
    }

    /** Sets the percentiles of waits in nanoseconds. */
    ResultLine waits(List<Long> nanos) {
        List<Long> sorted = nanos.stream().sorted().toList();
        set("samples", sorted.size());
        if (!sorted.isEmpty()) {
            set("p50Ms", percentile(sorted, 0.50));
            set("p90Ms", percentile(sorted, 0.90));
            set("p99Ms", percentile(sorted, 0.99));
            set("maxMs", round(sorted.getLast() / 1e6));
        }
        return this;
    }

    void print() {
        set("peakRssKb", Process.peakRssKb());
        System.out.println(new Gson().toJson(fields));
    }

    static double round(double value) {
        return Math.round(value * 1_000) / 1_000.0;
    }

    private static double percentile(List<Long> sorted, double share) {
        int index = (int) Math.min(sorted.size() - 1, Math.floor(share * sorted.size()));
        return round(sorted.get(index) / 1e6);
    }

    /** What the operating system tells of this process. */
    static final class Process {

        private static final double TICKS_PER_SECOND = 100;

        private Process() {}

        /** CPU seconds. */
        record Cpu(double user, double system) {

            Cpu since(Cpu earlier) {
                return new Cpu(user - earlier.user, system - earlier.system);
            }
        }

        static Cpu cpu() {
            String stat = read("/proc/self/stat");
            String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return new Cpu(
                    Long.parseLong(afterName[11]) / TICKS_PER_SECOND, Long.parseLong(afterName[12]) / TICKS_PER_SECOND);
        }

        static double load1() {
            return Double.parseDouble(read("/proc/loadavg").split(" ")[0]);
        }

        static long peakRssKb() {
            return read("/proc/self/status")
                    .lines()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        }

        private static String read(String file) {
            try {
                return Files.readString(Path.of(file)).strip();
            } catch (IOException e) {
                throw new IllegalStateException("these benchmarks read Linux's /proc", e);
            }
        }
    }
}
