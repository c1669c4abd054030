package dev.p2p.cli.peerdata;

import dev.p2p.api.store.PeerFlag;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is special about a peer, as letters and as words. */
public final class PeerFlags {

    private PeerFlags() {}

    /** The words, in the order of the flags. */
    public static List<String> words(Set<PeerFlag> flags) {
        List<String> words = new ArrayList<>();
        for (PeerFlag flag : PeerFlag.values()) {
            if (flags.contains(flag)) {
                words.add(flag.toString());
            }
        }
        return words;
    }

    /**
     * Reads the words.
     *
     * @throws IllegalArgumentException if one is unknown
     */
    public static Set<PeerFlag> parse(List<String> words) {
        Set<PeerFlag> flags = EnumSet.noneOf(PeerFlag.class);
        for (String word : words) {
            flags.add(one(word));
        }
        return flags;
    }

    /** A letter for each: persistent, unconditional, private (V), protected (T), banned, incompatible; null without any. */
    static @Nullable String letters(PeerRow row, Instant now) {
        StringBuilder letters = new StringBuilder();
        row.flags().stream().sorted().forEach(flag -> letters.append(letter(flag)));
        if (row.record().ban().filter(mark -> mark.holdsAt(now)).isPresent()) {
            letters.append('B');
        }
        if (row.record().incompatible().filter(mark -> mark.holdsAt(now)).isPresent()) {
            letters.append('I');
        }
        return letters.isEmpty() ? null : letters.toString();
    }

    private static char letter(PeerFlag flag) {
        return switch (flag) {
            case PERSISTENT -> 'P';
            case UNCONDITIONAL -> 'U';
            case PRIVATE -> 'V';
            case PROTECTED -> 'T';
        };
    }

    private static PeerFlag one(String word) {
        for (PeerFlag flag : PeerFlag.values()) {
            if (flag.toString().equals(word)) {
                return flag;
            }
        }
        throw new IllegalArgumentException("there is no flag " + word);
    }
}
