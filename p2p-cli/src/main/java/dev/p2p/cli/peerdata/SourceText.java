package dev.p2p.cli.peerdata;

import dev.p2p.api.NodeId;
import dev.p2p.api.store.Source;

/** Who told of an address, as a word. */
public final class SourceText {

    private static final String EXCHANGE = "pex:";

    private SourceText() {}

    /** The word for people. */
    public static String brief(Source source) {
        return source instanceof Source.Exchange(var peer) ? EXCHANGE + peer.shortText() : of(source);
    }

    /** The word for programs. */
    public static String of(Source source) {
        return switch (source) {
            case Source.Configured _ -> "config";
            case Source.Operator _ -> "operator";
            case Source.SelfReported _ -> "self";
            case Source.Exchange(var peer) -> EXCHANGE + peer;
        };
    }

    /**
     * Reads {@link #of(Source)} back.
     *
     * @throws IllegalArgumentException if it is no such word
     */
    public static Source parse(String text) {
        return switch (text) {
            case "config" -> new Source.Configured();
            case "operator" -> new Source.Operator();
            case "self" -> new Source.SelfReported();
            default -> {
                if (!text.startsWith(EXCHANGE)) {
                    throw new IllegalArgumentException("it is config, operator, self or pex:ID");
                }
                yield new Source.Exchange(NodeId.parse(text.substring(EXCHANGE.length())));
            }
        };
    }
}
