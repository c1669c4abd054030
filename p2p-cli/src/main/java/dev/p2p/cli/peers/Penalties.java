package dev.p2p.cli.peers;

import dev.p2p.cli.output.Units;
import dev.p2p.cli.peerdata.PeerEvent;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a peer was penalised for, by cause: how often, for how many points, and when last. */
final class Penalties {

    private static final Pattern POINTS = Pattern.compile("-?([0-9]{1,6})");

    private Penalties() {}

    /** A cause with its penalties; points that are not told count nothing. */
    private record Sum(int times, long points, Instant last) {

        Sum and(Sum earlier) {
            return new Sum(times + earlier.times, points + earlier.points, last);
        }
    }

    /** A line for each cause, the one with the latest penalty first. */
    static List<String> lines(List<PeerEvent> newestFirst, Instant now) {
        Map<String, Sum> sums = new LinkedHashMap<>();
        for (PeerEvent event : newestFirst) {
            if (event.type().equals("penalised")) {
                sums.merge(event.reason(), new Sum(1, points(event.detail()), event.at()), Sum::and);
            }
        }
        return sums.entrySet().stream()
                .map(sum -> "penalised for " + sum.getKey() + ": "
                        + times(sum.getValue().times()) + ", "
                        + sum.getValue().points() + " points in all, last "
                        + Units.ago(sum.getValue().last(), now))
                .toList();
    }

    private static String times(int times) {
        return times == 1 ? "once" : times + " times";
    }

    private static long points(String detail) {
        Matcher digits = POINTS.matcher(detail);
        return digits.lookingAt() ? Long.parseLong(digits.group(1)) : 0;
    }
}
