package dev.p2p.cli.addrbook;

import dev.p2p.api.NodeAddress;
import dev.p2p.cli.filter.FieldKind;
import dev.p2p.cli.listing.Column;
import dev.p2p.cli.listing.Listing;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An entry of CometBFT's address book ({@code knownAddress} in its {@code p2p/pex/known_address.go}).
 *
 * @param number its place in the file, counted from 1
 * @param address where the peer can be dialed
 * @param source where the entry came from
 * @param old whether it stands in an "old" bucket: consensus called the peer useful
 * @param buckets the numbers of its buckets
 * @param attempts failed dials since the last success
 * @param lastAttempt when it was last dialed or heard of
 * @param lastSuccess when it was last marked good
 * @param bannedUntil CometBFT's {@code last_ban_time}, which is the end of a ban
 */
public record BookEntry(
        int number,
        NodeAddress address,
        NodeAddress source,
        boolean old,
        List<Integer> buckets,
        int attempts,
        Optional<Instant> lastAttempt,
        Optional<Instant> lastSuccess,
        Optional<Instant> bannedUntil) {

    /** Buckets of each kind in a book ({@code newBucketCount} and {@code oldBucketCount} in {@code p2p/pex/params.go}). */
    public static final int NEW_BUCKETS = 256;

    public static final int OLD_BUCKETS = 64;

    public BookEntry {
        buckets = List.copyOf(buckets);
    }

    /** Entries as a listing. */
    static Listing<BookEntry> listing() {
        List<String> shown =
                List.of("id", "address", "bucket_type", "attempts", "last_attempt", "last_success", "source");
        return new Listing<>(
                "addrbook",
                List.of(
                        Column.<BookEntry>of(
                                        "id",
                                        FieldKind.IDENTITY,
                                        entry -> entry.address().id().toString())
                                .titled("PEER"),
                        Column.<BookEntry>of("address", FieldKind.TEXT, entry -> place(entry.address())),
                        Column.<BookEntry>of("bucket_type", FieldKind.TEXT, entry -> entry.old() ? "old" : "new")
                                .titled("BUCKET"),
                        Column.<BookEntry>of("buckets", FieldKind.NESTED, BookEntry::buckets),
                        Column.<BookEntry>of("attempts", FieldKind.NUMBER, BookEntry::attempts)
                                .titled("FAILED"),
                        Column.<BookEntry>of(
                                        "last_attempt",
                                        FieldKind.TIME,
                                        entry -> entry.lastAttempt().orElse(null))
                                .titled("TRIED"),
                        Column.<BookEntry>of(
                                        "last_success",
                                        FieldKind.TIME,
                                        entry -> entry.lastSuccess().orElse(null))
                                .titled("SUCCEEDED"),
                        Column.<BookEntry>of(
                                "banned_until",
                                FieldKind.TIME,
                                entry -> entry.bannedUntil().orElse(null)),
                        Column.<BookEntry>of(
                                "source",
                                FieldKind.IDENTITY,
                                entry -> entry.source().id().toString()),
                        Column.<BookEntry>of("scope", FieldKind.TEXT, entry -> Scopes.word(entry.address())),
                        Column.<BookEntry>of("entry", FieldKind.NUMBER, BookEntry::number)),
                shown,
                List.of(
                        "entry",
                        "id",
                        "address",
                        "scope",
                        "bucket_type",
                        "buckets",
                        "attempts",
                        "last_attempt",
                        "last_success",
                        "banned_until",
                        "source"));
    }

    private static String place(NodeAddress address) {
        String text = address.toString();
        return text.substring(text.indexOf('@') + 1);
    }
}
