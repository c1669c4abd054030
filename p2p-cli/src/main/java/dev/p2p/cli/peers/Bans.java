package dev.p2p.cli.peers;

import dev.p2p.api.NodeId;
import dev.p2p.api.store.Mark;
import dev.p2p.cli.filter.FieldKind;
import dev.p2p.cli.filter.Filter;
import dev.p2p.cli.listing.Collected;
import dev.p2p.cli.listing.Column;
import dev.p2p.cli.listing.Listing;
import dev.p2p.cli.output.Tone;
import dev.p2p.cli.output.Units;
import dev.p2p.cli.peerdata.PeerColumns;
import dev.p2p.cli.peerdata.PeerRow;
import dev.p2p.cli.peerdata.PeerSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A ban as a row.
 *
 * @param subject whom it holds for
 * @param mark until when and why
 */
record Bans(String subject, Mark mark) {

    /** Bans as a listing. */
    static Listing<Bans> listing(Instant now) {
        List<String> shown = List.of("id", "banned_until", "left", "ban_reason");
        return new Listing<>(
                "bans",
                List.of(
                        Column.of("id", FieldKind.IDENTITY, Bans::subject).titled("PEER"),
                        Column.<Bans>of("banned_until", FieldKind.TIME, ban -> ban.mark().until())
                                .titled("UNTIL")
                                .shownAs((value, at, full) -> value.toString()),
                        Column.<Bans>of("left", FieldKind.TEXT, ban -> left(ban.mark(), now))
                                .toned(value -> value.equals("ended") ? Tone.DIM : Tone.BAD),
                        Column.<Bans>of("ban_reason", FieldKind.TEXT, ban -> ban.mark().reason())
                                .titled("REASON")),
                shown,
                shown);
    }

    /** Who is banned, ended bans included. */
    static List<Bans> of(PeerSource source, Instant now) {
        return rows(source, now).stream()
                .map(row -> new Bans(row.id().toString(), row.record().ban().orElseThrow()))
                .toList();
    }

    static List<NodeId> banned(PeerSource source) {
        return rows(source, Instant.EPOCH).stream().map(PeerRow::id).toList();
    }

    private static List<PeerRow> rows(PeerSource source, Instant now) {
        return Collected.rows(
                PeerColumns.listing(source.live(), now), new Filter.Present("banned_until"), now, source::peers);
    }

    private static String left(Mark mark, Instant now) {
        if (!mark.holdsAt(now)) {
            return "ended";
        }
        return mark.until().equals(PeersBanCommand.FOREVER)
                ? "forever"
                : Units.duration(Duration.between(now, mark.until()));
    }
}
