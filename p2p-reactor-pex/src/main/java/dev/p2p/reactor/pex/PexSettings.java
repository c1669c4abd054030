package dev.p2p.reactor.pex;

import dev.p2p.api.AddressScope;
import dev.p2p.api.NodeId;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How peer exchange is configured. The texts are those of {@link PexReactorProvider}.
 *
 * @param interval between two looks at whom to ask; whom one asks again is a matter of {@link PexPeer}
 * @param enoughPeers nobody is asked while so many peers are known
 * @param seedMode whether this node only hands out addresses: it lets peers go that were served or visited
 * @param seedPatience how long a seed keeps a peer that does not ask
 * @param privatePeers peers that are never told of, and whose word on others is not taken
 * @param narrowestScope addresses of a narrower scope are neither told nor learned, whoever asks
 */
record PexSettings(
        Duration interval,
        int enoughPeers,
        boolean seedMode,
        Duration seedPatience,
        Set<NodeId> privatePeers,
        AddressScope narrowestScope) {

    private static final String INTERVAL = "interval-seconds";
    private static final String ENOUGH = "enough-peers";
    private static final String SEED_MODE = "seed-mode";
    private static final String SEED_PATIENCE = "seed-patience-seconds";
    private static final String PRIVATE_PEERS = "private-peers";
    private static final String SCOPE = "narrowest-scope";

    private static final Set<String> NAMES = Set.of(INTERVAL, ENOUGH, SEED_MODE, SEED_PATIENCE, PRIVATE_PEERS, SCOPE);

    PexSettings {
        privatePeers = Set.copyOf(privatePeers);
    }

    /** @throws IllegalArgumentException if a setting is unknown or has no such value; the message names it */
    static PexSettings parse(Map<String, String> texts) {
        for (String name : new TreeSet<>(texts.keySet())) {
            if (!NAMES.contains(name)) {
                throw new IllegalArgumentException("pex has no setting " + name + "; it has " + new TreeSet<>(NAMES));
            }
        }
        return new PexSettings(
                Duration.ofSeconds(positive(texts, INTERVAL, 10)),
                positive(texts, ENOUGH, 1_000),
                yesOrNo(texts, SEED_MODE),
                Duration.ofSeconds(positive(texts, SEED_PATIENCE, 180)),
                ids(texts.getOrDefault(PRIVATE_PEERS, "")),
                scope(texts.getOrDefault(SCOPE, "audience")));
    }

    private static int positive(Map<String, String> texts, String name, int otherwise) {
        String text = texts.getOrDefault(name, String.valueOf(otherwise));
        try {
            int number = Integer.parseInt(text);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw wrong(name, "a number", text, e);
        }
        throw wrong(name, "more than 0", text, null);
    }

    private static boolean yesOrNo(Map<String, String> texts, String name) {
        String text = texts.getOrDefault(name, "false");
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong(name, "true or false", text, null);
        };
    }

    private static Set<NodeId> ids(String text) {
        try {
            return Arrays.stream(text.split(","))
                    .map(String::strip)
                    .filter(id -> !id.isEmpty())
                    .map(NodeId::parse)
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IllegalArgumentException e) {
            throw wrong(PRIVATE_PEERS, "a list of node IDs with commas between", text, e);
        }
    }

    private static AddressScope scope(String text) {
        return switch (text) {
            case "audience" -> AddressScope.LOCAL;
            case "loopback", "private", "public" -> AddressScope.valueOf(text.toUpperCase(Locale.ROOT));
            default -> throw wrong(SCOPE, "audience, loopback, private or public", text, null);
        };
    }

    private static IllegalArgumentException wrong(String name, String what, String text, @Nullable Throwable cause) {
        return new IllegalArgumentException("pex setting " + name + " is " + what + ", not \"" + text + "\"", cause);
    }
}
