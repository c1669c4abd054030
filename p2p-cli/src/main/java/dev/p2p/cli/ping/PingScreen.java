package dev.p2p.cli.ping;

import dev.p2p.api.NodeId;
import dev.p2p.cli.dial.Target;
import dev.p2p.cli.output.Printable;
import dev.p2p.cli.output.Units;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Answers as lines for people, and as fields for programs. */
final class PingScreen {

    private PingScreen() {}

    static String head(Optional<NodeId> id, Target target) {
        return Printable.of(id.map(NodeId::shortText).orElse("somebody") + " at " + target.text());
    }

    static String line(PingAnswer answer) {
        String times = String.format(
                "seq %-3d  %-14s  %-20s  %s",
                answer.number(),
                part("tcp", answer.tcp()),
                part("handshake", answer.handshake()),
                answer.answered() ? part("pong", answer.pong()) : "no answer: " + answer.problem());
        return Printable.of(times);
    }

    static Map<String, Object> fields(
            Target target, Optional<NodeId> id, PingStatistics statistics, List<PingAnswer> answers) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("address", target.text());
        id.ifPresent(known -> fields.put("id", known.toString()));
        fields.put("sent", statistics.sent());
        fields.put("answered", statistics.answered());
        fields.put("loss_percent", statistics.lossPercent());
        if (statistics.answered() > 0) {
            Map<String, Double> pong = new LinkedHashMap<>();
            pong.put("min", statistics.min());
            pong.put("avg", statistics.average());
            pong.put("max", statistics.max());
            pong.put("sd", statistics.deviation());
            fields.put("pong_ms", pong);
        }
        fields.put("answers", answers.stream().map(PingScreen::fields).toList());
        return fields;
    }

    private static Map<String, Object> fields(PingAnswer answer) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("seq", answer.number());
        answer.tcp().ifPresent(nanos -> fields.put("tcp_ms", nanos / 1e6));
        answer.handshake().ifPresent(nanos -> fields.put("handshake_ms", nanos / 1e6));
        answer.pong().ifPresent(nanos -> fields.put("pong_ms", nanos / 1e6));
        if (!answer.answered()) {
            fields.put("problem", answer.problem());
        }
        return fields;
    }

    private static String part(String name, OptionalLong nanos) {
        return nanos.isPresent() ? name + " " + Units.millis(nanos.getAsLong()) : "";
    }
}
