package dev.p2p.cli.peerdata;

import dev.p2p.api.store.Mark;
import dev.p2p.cli.filter.FieldKind;
import dev.p2p.cli.listing.Column;
import dev.p2p.cli.listing.Listing;
import dev.p2p.cli.output.Tone;
import dev.p2p.cli.output.Units;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * A ban as a row.
 *
 * @param subject whom it holds for: an identity, or a range of IP addresses
 * @param range whether it is a range
 * @param mark until when and why
 */
public record BanRow(String subject, boolean range, Mark mark) {

    /** Bans as a listing. */
    public static Listing<BanRow> listing(InstantSource clock) {
        List<String> shown = List.of("id", "banned_until", "left", "ban_reason");
        return new Listing<>(
                "bans",
                List.of(
                        Column.<BanRow>of("id", FieldKind.TEXT, BanRow::subject)
                                .titled("PEER")
                                .shownAs((value, at, full) ->
                                        full || value.toString().contains("/")
                                                ? value.toString()
                                                : value.toString().substring(0, 10))
                                .toned(value -> Tone.IDENTITY),
                        Column.<BanRow>of("type", FieldKind.TEXT, ban -> ban.range() ? "range" : "peer"),
                        Column.<BanRow>of(
                                        "banned_until",
                                        FieldKind.TIME,
                                        ban -> ban.mark().until())
                                .titled("UNTIL")
                                .shownAs((value, at, full) -> value.toString()),
                        Column.<BanRow>of("left", FieldKind.TEXT, ban -> left(ban.mark(), clock.instant()))
                                .toned(value -> value.equals("ended") ? Tone.DIM : Tone.BAD),
                        Column.<BanRow>of(
                                        "ban_reason",
                                        FieldKind.TEXT,
                                        ban -> ban.mark().reason())
                                .titled("REASON")),
                shown,
                shown);
    }

    /** How much of a ban is left, for people. */
    public static String left(Mark mark, Instant now) {
        if (!mark.holdsAt(now)) {
            return "ended";
        }
        Duration left = Duration.between(now, mark.until());
        boolean forever = left.compareTo(PeerOrder.LONGEST_BAN.dividedBy(2)) > 0;
        return forever ? "forever" : Units.duration(left);
    }
}
