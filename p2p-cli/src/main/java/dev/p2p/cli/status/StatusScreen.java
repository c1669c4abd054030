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
                        + node.slots().stream().map(StatusScreen::slot).collect(Collectors.joining("   ")));
        line(
                out,
                "dials",
                node.dialing() + " in progress   " + node.ready() + " ready   " + node.waiting() + " backing off");
        line(
                out,
                "known",
                String.format(Locale.ROOT, "%,d of at most %,d", node.known(), node.maxKnown()) + "   reached once "
                        + node.verified() + "   banned " + node.banned() + " and " + node.bannedRanges() + " ranges");
        line(
                out,
                "traffic",
                "in " + Units.bytes(node.inPerSecond()) + "/s   out " + Units.bytes(node.outPerSecond()) + "/s");
        line(out, "channels", node.channels().isEmpty() ? "none" : String.join(" ", node.channels()));
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
                Units.bytes(node.inPerSecond()),
                Units.bytes(node.outPerSecond())));
    }

    private static String own(NodeFacts node) {
        return node.own().stream()
                .filter(NodeFacts.Own::told)
                .findFirst()
                .map(address -> "   advertised " + place(address.address()) + " (" + address.how() + ")")
                .orElse("   advertised to nobody");
    }

    private static String next(NodeFacts node) {
        return node.nextWake()
                .filter(at -> at.isAfter(node.now()))
                .map(at -> "   next: acts by itself in " + Units.duration(Duration.between(node.now(), at)))
                .orElse("");
    }

    private static String slot(NodeFacts.Slot slot) {
        String cap = slot.cap() < 0 ? "" : "/" + slot.cap();
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
