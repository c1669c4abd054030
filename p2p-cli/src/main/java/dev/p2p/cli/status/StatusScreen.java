package dev.p2p.cli.status;

import dev.p2p.cli.output.Ink;
import dev.p2p.cli.output.Printable;
import dev.p2p.cli.output.Tone;
import dev.p2p.cli.output.Units;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;

/** A node's status for people. */
final class StatusScreen {

    private static final int SHOWN_PLANS = 3;

    private StatusScreen() {}

    static void print(PrintWriter out, NodeFacts node, Ink ink) {
        Duration up = Duration.between(node.startedAt(), node.now());
        out.println("node      "
                + ink.paint(Tone.IDENTITY, shortened(node.id()))
                + Printable.of("|  \"" + node.name() + "\"   network " + node.network() + "   up " + Units.duration(up)
                                + "   version " + node.version() + "   " + node.protocols())
                        .substring(1));
        line(out, "listen", node.listens().isEmpty() ? "nowhere" : String.join(", ", node.listens()) + own(node));
        out.println("phase     " + ink.paint(tone(node), node.phase()) + next(node));
        line(
                out,
                "peers",
                node.connected() + " connected   "
                        + node.slots().stream()
                                .map(slot -> slot(slot, node.absent()))
                                .collect(Collectors.joining("   ")));
        line(
                out,
                "dials",
                node.dialing() + " in progress   " + node.ready() + " ready   " + node.waiting() + " waiting");
        line(
                out,
                "known",
                String.format(Locale.ROOT, "%,d of at most %,d", node.known(), node.maxKnown()) + "   reached once "
                        + node.verified() + "   banned " + node.banned() + " and " + node.bannedRanges() + " ranges");
        line(out, "traffic", node.traffic().text());
        line(out, "queues", node.traffic().queues());
        line(out, "store", node.store().text());
        line(out, "channels", node.channels().isEmpty() ? "none" : String.join(" ", node.channels()));
        Health health = Health.of(node);
        out.println("health    " + ink.paint(health.tone(), health.verdict())
                + (health.reasons().isEmpty() ? "" : "   " + Printable.of(health.text())));
    }

    /** One line for each moment. */
    static void line(PrintWriter out, NodeFacts node, boolean first) {
        if (first) {
            out.println("TIME                      PHASE     PEERS   KNOWN  DIALING        IN/s       OUT/s");
        }
        out.println(String.format(
                Locale.ROOT,
                "%-24s  %-8s  %5d  %6d  %7d  %10s  %10s",
                node.now(),
                node.phase(),
                node.connected(),
                node.known(),
                node.dialing(),
                Units.bytes(node.traffic().inPerSecond()),
                Units.bytes(node.traffic().outPerSecond())));
    }

    private static String own(NodeFacts node) {
        return node.own().stream()
                .filter(NodeFacts.Own::told)
                .findFirst()
                .map(address -> "   advertised " + place(address.address()) + " (" + address.how() + ")")
                .orElse("   advertised to nobody");
    }

    private static String next(NodeFacts node) {
        String plans = node.plans().stream()
                .limit(SHOWN_PLANS)
                .map(plan -> plan.what()
                        + (plan.at().isAfter(node.now())
                                ? " in " + Units.duration(Duration.between(node.now(), plan.at()))
                                : " now"))
                .collect(Collectors.joining(", "));
        return plans.isEmpty() ? "" : "   next: " + Printable.of(plans);
    }

    /** A reserved slot is there for each wanted peer. */
    private static String slot(NodeFacts.Slot slot, long absent) {
        long most = slot.name().equals("reserved") ? slot.connected() + absent : slot.cap();
        String cap = most < 0 ? "" : "/" + most;
        String pending = slot.pending() == 0 ? "" : " +" + slot.pending() + " pending";
        return slot.name() + " " + slot.connected() + cap + pending;
    }

    private static Tone tone(NodeFacts node) {
        return switch (node.phase()) {
            case "STEADY" -> Tone.GOOD;
            case "ISOLATED" -> Tone.BAD;
            default -> Tone.ATTENTION;
        };
    }

    private static String place(String address) {
        return address.substring(address.indexOf('@') + 1);
    }

    private static String shortened(String id) {
        return Printable.of(id.substring(0, Math.min(10, id.length())));
    }

    private static void line(PrintWriter out, String label, String text) {
        out.println(label + " ".repeat(10 - label.length()) + Printable.of(text));
    }
}
