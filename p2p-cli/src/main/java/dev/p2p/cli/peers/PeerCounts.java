package dev.p2p.cli.peers;

import dev.p2p.api.store.AddressRecord;
import dev.p2p.api.store.Source;
import dev.p2p.cli.peerdata.BanRow;
import dev.p2p.cli.peerdata.PeerRow;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Peers in numbers.
 *
 * @param known how many there are
 * @param addresses how many addresses they have
 * @param states how many are in each state
 * @param ages how long ago they gave the last sign of life, or were first heard of
 * @param scopes how many addresses have each scope
 * @param sources how many addresses each kind of source told of
 * @param groups in how many network groups the addresses lie
 * @param largestGroup the group with the most; empty without any
 * @param largestGroupAddresses how many lie in it
 * @param bans bans of peers that hold
 * @param bannedRanges bans of ranges that hold
 */
record PeerCounts(
        int known,
        int addresses,
        Map<String, Integer> states,
        Map<String, Integer> ages,
        Map<String, Integer> scopes,
        Map<String, Integer> sources,
        int groups,
        String largestGroup,
        int largestGroupAddresses,
        int bans,
        int bannedRanges) {

    static PeerCounts of(List<PeerRow> rows, List<BanRow> bans, Instant now) {
        Map<String, Integer> states = new TreeMap<>();
        Map<String, Integer> ages = new LinkedHashMap<>();
        List.of("<1d", "<7d", "<30d", "older").forEach(age -> ages.put(age, 0));
        Map<String, Integer> scopes = new TreeMap<>();
        Map<String, Integer> sources = new TreeMap<>();
        Map<String, Integer> groups = new HashMap<>();
        int addresses = 0;
        for (PeerRow row : rows) {
            count(states, row.state(now));
            count(ages, age(row, now));
            for (AddressRecord address : row.record().addresses()) {
                addresses++;
                count(
                        scopes,
                        address.address()
                                .scope()
                                .name()
                                .toLowerCase(Locale.ROOT)
                                .replace('_', '-'));
                count(sources, word(address.source()));
                count(groups, address.address().networkGroup().toString());
            }
        }
        Map.Entry<String, Integer> largest = groups.entrySet().stream()
                .max(Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .orElse(Map.entry("", 0));
        return new PeerCounts(
                rows.size(),
                addresses,
                states,
                ages,
                scopes,
                sources,
                groups.size(),
                largest.getKey(),
                largest.getValue(),
                (int) bans.stream()
                        .filter(ban -> !ban.range() && ban.mark().holdsAt(now))
                        .count(),
                (int) bans.stream()
                        .filter(ban -> ban.range() && ban.mark().holdsAt(now))
                        .count());
    }

    private static void count(Map<String, Integer> counts, String word) {
        counts.merge(word, 1, Integer::sum);
    }

    private static String age(PeerRow row, Instant now) {
        Instant last = row.record().lastConnected().orElse(Instant.EPOCH);
        for (AddressRecord address : row.record().addresses()) {
            Instant sign = address.lastSuccess().orElse(address.firstSeen());
            last = sign.isAfter(last) ? sign : last;
        }
        long days = Duration.between(last, now).toDays();
        return days < 1 ? "<1d" : days < 7 ? "<7d" : days < 30 ? "<30d" : "older";
    }

    private static String word(Source source) {
        return switch (source) {
            case Source.Configured _ -> "config";
            case Source.Operator _ -> "operator";
            case Source.SelfReported _ -> "self";
            case Source.Exchange _ -> "pex";
        };
    }
}
