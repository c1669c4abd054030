package dev.p2p.cli.crawl.result;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of {@code nodes.jsonl}: a node and how the visit to it went. What is not known is null and not written. All text that
 * begins with {@code moniker} and ends with {@code txIndex} is the node's own and not to be trusted.
 *
 * @param id whom the visit met, or else whom it expected; null if nobody knows
 * @param address where it was dialed
 * @param outcome {@code answered}, {@code no-peer-exchange}, or the reason of a failure
 * @param reached whether it proved its identity and told of itself
 * @param tcpMs milliseconds to open the connection
 * @param handshakeMs milliseconds from then until it had told of itself
 * @param answerMs milliseconds from the question for addresses to the answer
 * @param told how many addresses it told
 * @param malformed how many more entries were no addresses
 * @param depth steps from a start
 * @param source who told of it first
 * @param at when the visit ended, ISO 8601 in UTC
 * @param detail a failure in words
 */
public record NodeRow(
        @Nullable String id,
        String address,
        String outcome,
        boolean reached,
        @Nullable String moniker,
        @Nullable String version,
        @Nullable String network,
        @Nullable Long p2p,
        @Nullable Long block,
        @Nullable Long app,
        @Nullable List<String> channels,
        @Nullable String listenAddress,
        @Nullable String rpcAddress,
        @Nullable String txIndex,
        @Nullable Double tcpMs,
        @Nullable Double handshakeMs,
        @Nullable Double answerMs,
        int told,
        int malformed,
        int depth,
        @Nullable String source,
        String at,
        @Nullable String detail) {

    /** What names the node in a result: its identity, or its place if that is unknown. */
    public String key() {
        return id == null ? address : id;
    }

    /** Whether it told addresses. */
    public boolean answered() {
        return outcome.equals("answered");
    }
}
