package dev.p2p.cli.probe;

import dev.p2p.api.ChannelId;
import dev.p2p.api.NodeInfo;
import dev.p2p.cli.dial.Stages;
import dev.p2p.cli.dial.Stages.Stage;
import dev.p2p.cli.output.Printable;
import dev.p2p.cli.output.Units;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Findings as lines for people, and as fields for programs. */
final class ProbeScreen {

    private ProbeScreen() {}

    static void print(PrintWriter out, Finding finding, Optional<String> network) {
        Stages stages = finding.stages();
        line(out, "ADDRESS", finding.target().text(), "");
        stage(out, stages, Stage.TCP, "TCP", "connected", "");
        stage(out, stages, Stage.ENCRYPTION, "ENCRYPTION", stages.cipher().orElse(""), "");
        String id = stages.id().map(Object::toString).orElse("");
        stage(out, stages, Stage.IDENTITY, "IDENTITY", id, "  signature ok");
        stages.info().ifPresent(info -> printInfo(out, info, stages, network));
        stage(out, stages, Stage.PONG, "KEEPALIVE", "answered", "");
        line(out, "VERDICT", verdict(finding), "(exit " + Diagnosis.exitCode(finding) + ")");
    }

    /** One line for many: how many there were of each verdict, most frequent first. */
    static String summary(List<String> verdicts) {
        Map<String, Long> counts = verdicts.stream()
                .collect(Collectors.groupingBy(verdict -> verdict, LinkedHashMap::new, Collectors.counting()));
        return verdicts.size() + " probed: "
                + counts.entrySet().stream()
                        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                        .map(entry -> entry.getValue() + " " + entry.getKey())
                        .collect(Collectors.joining(", "));
    }

    static Map<String, Object> fields(Finding finding) {
        Map<String, Object> fields = new LinkedHashMap<>();
        Stages stages = finding.stages();
        fields.put("address", finding.target().text());
        fields.put("verdict", finding.verdict());
        fields.put("exit_code", Diagnosis.exitCode(finding));
        finding.problem().ifPresent(reason -> fields.put("detail", finding.detail()));
        finding.problem().ifPresent(reason -> fields.put("explanation", Diagnosis.explain(finding)));
        stages.id().ifPresent(id -> fields.put("id", id.toString()));
        stages.cipher().ifPresent(cipher -> fields.put("encryption", cipher));
        stages.info().ifPresent(info -> addInfo(fields, info));
        Map<String, Double> times = new LinkedHashMap<>();
        stages.all().forEach((stage, nanos) -> times.put(stage.name().toLowerCase(Locale.ROOT), nanos / 1e6));
        fields.put("stages_ms", times);
        return fields;
    }

    private static void printInfo(PrintWriter out, NodeInfo info, Stages stages, Optional<String> network) {
        line(
                out,
                "NODEINFO",
                "\"" + info.moniker() + "\"  version " + info.version() + "  p2p "
                        + info.protocol().p2p() + "  block " + info.protocol().block() + "  app "
                        + info.protocol().app(),
                time(stages, Stage.NODEINFO));
        String compared = network.map(asked -> asked.equals(info.network()) ? "same as asked" : "asked for " + asked)
                .orElse("");
        line(out, "NETWORK", info.network(), compared);
        line(out, "CHANNELS", joined(info, ChannelId::toString), "");
        line(out, "", joined(info, ChannelNames::of), "");
        String rpc = info.rpcAddress().isEmpty() ? "" : "   rpc " + info.rpcAddress();
        line(out, "ADDRESSES", "listens " + info.listenAddress() + rpc, "tx_index " + info.txIndex());
    }

    private static void addInfo(Map<String, Object> fields, NodeInfo info) {
        fields.put("moniker", info.moniker());
        fields.put("version", info.version());
        fields.put("network", info.network());
        fields.put("channels", info.channels().stream().map(ChannelId::toString).toList());
        fields.put(
                "channel_names", info.channels().stream().map(ChannelNames::of).toList());
        Map<String, Long> protocol = new LinkedHashMap<>();
        protocol.put("p2p", info.protocol().p2p());
        protocol.put("block", info.protocol().block());
        protocol.put("app", info.protocol().app());
        fields.put("protocol", protocol);
        fields.put("listen_address", info.listenAddress());
        fields.put("rpc_address", info.rpcAddress());
        fields.put("tx_index", info.txIndex());
    }

    private static String verdict(Finding finding) {
        return List.of(finding.verdict(), Diagnosis.explain(finding), finding.detail()).stream()
                .filter(part -> !part.isBlank())
                .collect(Collectors.joining(": "));
    }

    private static String joined(NodeInfo info, java.util.function.Function<ChannelId, String> text) {
        return info.channels().stream().map(text).collect(Collectors.joining(" "));
    }

    private static void stage(PrintWriter out, Stages stages, Stage stage, String name, String what, String more) {
        if (stages.passed(stage)) {
            line(out, name, what, time(stages, stage) + more);
        }
    }

    /** The first stage takes this long, each later one so much more. */
    private static String time(Stages stages, Stage stage) {
        String sign = stage == Stage.TCP ? "" : "+";
        return stages.nanos(stage).isPresent()
                ? sign + Units.millis(stages.nanos(stage).getAsLong())
                : "";
    }

    private static void line(PrintWriter out, String name, String what, String right) {
        out.println(String.format("%-11s %-51s  %s", name, Printable.of(what), Printable.of(right))
                .stripTrailing());
    }
}
