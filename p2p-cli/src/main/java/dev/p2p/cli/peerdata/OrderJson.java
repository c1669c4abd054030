package dev.p2p.cli.peerdata;

import dev.p2p.api.IpBlock;
import dev.p2p.api.NodeAddress;
import dev.p2p.cli.json.Fields;
import dev.p2p.cli.json.JsonProblem;
import dev.p2p.cli.peerdata.Outcome.Status;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Orders and outcomes as JSON, for the control socket. */
public final class OrderJson {

    private static final int MAX_TEXT = 200;

    private OrderJson() {}

    public static Map<String, Object> order(PeerOrder order) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("do", verb(order));
        fields.put("subject", order.subject());
        switch (order) {
            case PeerOrder.Add add -> fields.put("wanted", PeerFlags.words(add.flags()));
            case PeerOrder.Ban ban -> ban(fields, ban.duration(), ban.reason());
            case PeerOrder.Block block -> ban(fields, block.duration(), block.reason());
            case PeerOrder.Disconnect disconnect -> fields.put("reason", disconnect.why());
            case PeerOrder.Remove _, PeerOrder.Unban _, PeerOrder.Unblock _, PeerOrder.Connect _ -> {}
        }
        return fields;
    }

    /** Reads an order. */
    public static PeerOrder order(Fields fields) throws JsonProblem {
        String verb = fields.text("do");
        try {
            return switch (verb) {
                case "add" ->
                    new PeerOrder.Add(
                            NodeAddress.parse(fields.text("subject")), PeerFlags.parse(fields.texts("wanted")));
                case "remove" -> new PeerOrder.Remove(PeerJson.id(fields, "subject"));
                case "ban" -> new PeerOrder.Ban(PeerJson.id(fields, "subject"), duration(fields), reason(fields));
                case "unban" -> new PeerOrder.Unban(PeerJson.id(fields, "subject"));
                case "block" ->
                    new PeerOrder.Block(IpBlock.parse(fields.text("subject")), duration(fields), reason(fields));
                case "unblock" -> new PeerOrder.Unblock(IpBlock.parse(fields.text("subject")));
                case "connect" -> new PeerOrder.Connect(PeerJson.id(fields, "subject"));
                case "disconnect" -> new PeerOrder.Disconnect(PeerJson.id(fields, "subject"), reason(fields));
                default -> throw fields.problem("do", "there is no order of that name");
            };
        } catch (IllegalArgumentException e) {
            throw fields.problem("subject", e);
        }
    }

    /** Reads an outcome. */
    public static Outcome outcome(Fields fields) throws JsonProblem {
        String word = fields.text("status");
        for (Status status : Status.values()) {
            if (status.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(word)) {
                return new Outcome(fields.text("subject"), status, fields.text("text"));
            }
        }
        throw fields.problem("status", "there is no such word");
    }

    private static String verb(PeerOrder order) {
        return switch (order) {
            case PeerOrder.Add _ -> "add";
            case PeerOrder.Remove _ -> "remove";
            case PeerOrder.Ban _ -> "ban";
            case PeerOrder.Unban _ -> "unban";
            case PeerOrder.Block _ -> "block";
            case PeerOrder.Unblock _ -> "unblock";
            case PeerOrder.Connect _ -> "connect";
            case PeerOrder.Disconnect _ -> "disconnect";
        };
    }

    private static void ban(Map<String, Object> fields, Duration duration, String reason) {
        fields.put("seconds", Math.max(1, duration.toSeconds()));
        fields.put("reason", reason);
    }

    private static Duration duration(Fields fields) throws JsonProblem {
        return Duration.ofSeconds(fields.integer("seconds", 1, PeerOrder.LONGEST_BAN.toSeconds()));
    }

    private static String reason(Fields fields) throws JsonProblem {
        String reason = fields.text("reason");
        if (reason.isBlank() || reason.length() > MAX_TEXT) {
            throw fields.problem("reason", "it has 1 to " + MAX_TEXT + " characters");
        }
        return reason;
    }
}
