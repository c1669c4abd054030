package dev.p2p.cli.peers;

import dev.p2p.api.ChannelId;
import dev.p2p.cli.output.Grid;
import dev.p2p.cli.output.Ink;
import dev.p2p.cli.output.Tone;
import dev.p2p.cli.output.Units;
import dev.p2p.cli.peerdata.ChannelFlow;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** What flows over each channel of a connection. */
final class FlowTable {

    private static final List<String> HEADER =
            List.of("CHANNEL", "IN MSG/s", "IN B/s", "OUT MSG/s", "OUT B/s", "IN QUEUE", "OUT QUEUE", "DROPPED");

    private FlowTable() {}

    static void print(PrintWriter out, List<ChannelFlow> flows, String indent) {
        Grid grid = new Grid(HEADER, false, true, true, true, true, true, true, true);
        for (ChannelFlow flow : flows) {
            grid.row(cells(flow), Collections.nCopies(HEADER.size(), Tone.PLAIN));
        }
        StringWriter text = new StringWriter();
        grid.print(new PrintWriter(text, true), true, Ink.NONE);
        text.toString().lines().forEach(line -> out.println(indent + line));
    }

    private static List<String> cells(ChannelFlow flow) {
        return List.of(
                new ChannelId(flow.channel()) + " " + flow.name(),
                number(flow.in().messagesPerSecond()),
                Units.bytes(flow.in().bytesPerSecond()),
                number(flow.out().messagesPerSecond()),
                Units.bytes(flow.out().bytesPerSecond()),
                queue(flow.in()),
                queue(flow.out()),
                String.valueOf(flow.dropped()));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static String queue(ChannelFlow.Way way) {
        return way.waiting() + "/" + way.maxWaiting();
    }
}
