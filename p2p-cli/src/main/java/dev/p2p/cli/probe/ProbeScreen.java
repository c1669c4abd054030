package dev.p2p.cli.probe;

import dev.p2p.api.ChannelId;
import dev.p2p.api.NodeInfo;
import dev.p2p.cli.output.Printable;
import dev.p2p.cli.output.Units;
import dev.p2p.cli.probe.Finding.Stage;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A finding as lines for people, and as fields for programs. */
final class ProbeScreen {

    private ProbeScreen() {}

    static void print(PrintWriter out, Finding finding, Optional<String> network) {
        line(out, "ADDRESS", finding.target().text(), "");
        time(finding, Stage.TCP).ifPresent(t -> line(out, "TCP", "connected", t));
        time(finding, Stage.ENCRYPTION)
                .ifPresent(t -> line(out, "ENCRYPTION", finding.cipher().orElse(""), "+" + t));
        time(finding, Stage.IDENTITY)
                .ifPresent(t -> line(
                        out, "IDENTITY", finding.id().map(Object::toString).orElse(""), "+" + t + "  signature ok"));
        finding.info()
                .ifPresent(info ->
                        printInfo(out, info, time(finding, Stage.NODEINFO).orElse(""), network));
        line(out, "VERDICT", verdict(finding), "(exit " + finding.exitCode() + ")");
    }

    static Map<String, Object> fields(Finding finding) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("address", finding.target().text());
        fields.put("verdict", verdictWord(finding));
        fields.put("exit_code", finding.exitCode());
        finding.problem().ifPresent(reason -> fields.put("detail", finding.detail()));
        finding.problem().ifPresent(reason -> fields.put("explanation", finding.explanation()));
        finding.id().ifPresent(id -> fields.put("id", id.toString()));
        finding.cipher().ifPresent(cipher -> fields.put("encryption", cipher));
        finding.info().ifPresent(info -> addInfo(fields, info));
        Map<String, Double> stages = new LinkedHashMap<>();
        finding.nanos().forEach((stage, nanos) -> stages.put(stage.name().toLowerCase(Locale.ROOT), nanos / 1e6));
        fields.put("stages_ms", stages);
        return fields;
    }

    private static void printInfo(PrintWriter out, NodeInfo info, String time, Optional<String> network) {
        line(
                out,
                "NODEINFO",
                "\"" + info.moniker() + "\"  version " + info.version() + "  p2p "
                        + info.protocol().p2p() + "  block " + info.protocol().block() + "  app "
                        + info.protocol().app(),
                "+" + time);
        String compared = network.map(asked -> asked.equals(info.network()) ? "same as asked" : "asked for " + asked)
                .orElse("");
        line(out, "NETWORK", info.network(), compared);
        line(out, "CHANNELS", channels(info), "");
        String rpc = info.rpcAddress().isEmpty() ? "" : "   rpc " + info.rpcAddress();
        line(out, "ADDRESSES", "listens " + info.listenAddress() + rpc, "tx_index " + info.txIndex());
    }

    private static void addInfo(Map<String, Object> fields, NodeInfo info) {
        fields.put("moniker", info.moniker());
        fields.put("version", info.version());
        fields.put("network", info.network());
        fields.put("channels", info.channels().stream().map(ChannelId::toString).toList());
        fields.put(
                "protocol",
                Map.of(
                        "p2p", info.protocol().p2p(),
                        "block", info.protocol().block(),
                        "app", info.protocol().app()));
        fields.put("listen_address", info.listenAddress());
        fields.put("rpc_address", info.rpcAddress());
        fields.put("tx_index", info.txIndex());
    }

    private static String verdictWord(Finding finding) {
        return finding.problem().map(Object::toString).orElse("compatible");
    }

    private static String verdict(Finding finding) {
        List<String> parts = finding.problem().isEmpty()
                ? List.of("compatible")
                : List.of(verdictWord(finding), finding.explanation(), finding.detail());
        return parts.stream().filter(part -> !part.isBlank()).collect(Collectors.joining(": "));
    }

    private static String channels(NodeInfo info) {
        return info.channels().stream().map(ChannelId::toString).collect(Collectors.joining(" "));
    }

    private static Optional<String> time(Finding finding, Stage stage) {
        return Optional.ofNullable(finding.nanos().get(stage)).map(Units::millis);
    }

    private static void line(PrintWriter out, String name, String what, String right) {
        out.println(String.format("%-11s %-52s %s", name, Printable.of(what), Printable.of(right))
                .stripTrailing());
    }
}
