package dev.p2p.cli.demo;

import dev.p2p.api.Direction;
import dev.p2p.api.reactor.PeerView;
import dev.p2p.api.reactor.Traffic;
import dev.p2p.cli.output.Table;
import dev.p2p.cli.output.Units;
import dev.p2p.router.Router;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.LongSummaryStatistics;
import java.util.Optional;

/** What the demo shows. Keeps the last totals, to show rates. */
final class DemoScreen {

    private final DemoNetwork network;
    private Totals last = new Totals(0, 0, 0, 0, 0);
    private long lastNanos = System.nanoTime();

    /** Sums over all nodes; a connection between two of them is counted at both ends. */
    private record Totals(int connections, long messagesIn, long bytesIn, long messagesOut, long dropped) {}

    DemoScreen(DemoNetwork network) {
        this.network = network;
    }

    /** One line: all nodes together, with rates since the last call. */
    String line() {
        Totals now = totals();
        long nanos = System.nanoTime();
        double seconds = Math.max(1e-3, (nanos - lastNanos) / 1e9);
        String text = String.format(
                Locale.ROOT,
                "nodes %d  connections %d  in %.0f msg/s  %s/s  round trip %s  dropped %d  not sent %d",
                network.nodes().size(),
                now.connections / 2,
                (now.messagesIn - last.messagesIn) / seconds,
                Units.bytes((now.bytesIn - last.bytesIn) / seconds),
                roundTrips().map(trip -> Units.millis((long) trip.getAverage())).orElse("-"),
                now.dropped,
                network.board().notSent());
        last = now;
        lastNanos = nanos;
        return text;
    }

    /** The peers of the first node, and a line for all. */
    List<String> table() {
        Router first = network.nodes().getFirst();
        Table table = new Table("PEER", "NAME", "ADDRESS", "DIR", "MSG IN", "MSG OUT", "IN", "OUT", "ROUND TRIP");
        for (PeerView peer : first.peers().connected()) {
            Traffic traffic = peer.traffic();
            table.row(
                    peer.peer().id().shortText(),
                    peer.info().moniker(),
                    peer.remote().toString(),
                    peer.direction() == Direction.INBOUND ? "in" : "out",
                    String.valueOf(traffic.messagesIn()),
                    String.valueOf(traffic.messagesOut()),
                    Units.bytes(traffic.bytesIn()),
                    Units.bytes(traffic.bytesOut()),
                    network.board()
                            .roundTrip(first.self().id(), peer.peer())
                            .map(Units::millis)
                            .orElse("-"));
        }
        List<String> lines = new ArrayList<>();
        lines.add("node-1  " + first.self().id().shortText() + "  "
                + first.endpoints().getFirst());
        lines.addAll(table.lines());
        lines.add(line());
        return lines;
    }

    /** The end: totals, and how to look into a store. */
    List<String> summary(String seconds) {
        Totals totals = totals();
        int known = network.nodes().stream()
                .mapToInt(node -> node.peers().known())
                .min()
                .orElse(0);
        return List.of(
                "",
                "ran " + seconds + " with " + network.nodes().size() + " nodes and " + totals.connections / 2
                        + " connections; every node knows at least " + known + " others",
                "received " + totals.messagesIn + " messages, " + Units.bytes(totals.bytesIn) + "; broadcasts "
                        + network.board().broadcasts() + ", heard "
                        + network.board().newsReceived() + " times; dropped "
                        + totals.dropped + ", not sent " + network.board().notSent(),
                "round trip "
                        + roundTrips()
                                .map(trip -> "min/avg/max " + Units.millis(trip.getMin()) + " / "
                                        + Units.millis((long) trip.getAverage()) + " / " + Units.millis(trip.getMax()))
                                .orElse("not measured"));
    }

    private Totals totals() {
        int connections = 0;
        long messagesIn = 0;
        long bytesIn = 0;
        long messagesOut = 0;
        long dropped = 0;
        for (Router node : network.nodes()) {
            for (PeerView peer : node.peers().connected()) {
                connections++;
                messagesIn += peer.traffic().messagesIn();
                bytesIn += peer.traffic().bytesIn();
                messagesOut += peer.traffic().messagesOut();
                dropped += peer.traffic().dropped();
            }
        }
        return new Totals(connections, messagesIn, bytesIn, messagesOut, dropped);
    }

    private Optional<LongSummaryStatistics> roundTrips() {
        LongSummaryStatistics statistics = new LongSummaryStatistics();
        for (Router node : network.nodes()) {
            for (PeerView peer : node.peers().connected()) {
                network.board().roundTrip(node.self().id(), peer.peer()).ifPresent(statistics::accept);
            }
        }
        return statistics.getCount() == 0 ? Optional.empty() : Optional.of(statistics);
    }
}
