package dev.p2p.cli.crawl.result;

import dev.p2p.cli.dial.Target;
import dev.p2p.cli.output.Failure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of {@code nodes.jsonl}: a node and how the visit to it went. What is not known is null and not written. All text that
 * begins with {@code moniker} and ends with {@code txIndex} is the node's own and not to be trusted.
 *
 * @param id whom the visit expected, or else whom it met; null if nobody knows
 * @param address where it was dialed
 * @param outcome {@code answered}, {@code no-peer-exchange}, or the reason of a failure
 * @param reached whether it proved its identity and told of itself
 * @param tcpMs milliseconds to open the connection
 * @param handshakeMs milliseconds from then until it had told of itself
 * @param answerMs milliseconds from the question for addresses to the answer
 * @param told how many addresses it told, and how many neighbours more when it was asked again
 * @param malformed how many more entries were no addresses
 * @param depth steps from a start
 * @param source who told of it first
 * @param at when the visit ended, ISO 8601 in UTC
 * @param detail a failure in words
 * @param answeredBy who proved its identity there, if that was another than expected
 * @param answers how often it has answered
 * @param latestNew how many neighbours its last answer named that it had not named before
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
        @Nullable String detail,
        @Nullable String answeredBy,
        @Nullable Integer answers,
        @Nullable Integer latestNew)
        implements OwnLine {

    /**
     * Nodes that know no more than this tell all of it at once, and others tell at least so many (CometBFT
     * {@code p2p/pex/addrbook.go}, {@code minGetSelection}).
     */
    private static final int WHOLE_BOOK = 32;

    @Override
    public boolean isOurs() {
        return (id == null || isIdentity(id))
                && (source == null || isIdentity(source))
                && isPlace(address)
                && outcome != null
                && at != null;
    }

    /** Whether a text is a node's identity as these files write it. */
    public static boolean isIdentity(@Nullable String text) {
        return text != null && text.matches("[0-9a-f]{40}");
    }

    private static boolean isPlace(@Nullable String text) {
        try {
            return text != null && !Target.parse(text).text().isEmpty();
        } catch (Failure e) {
            return false;
        }
    }

    /** What names the node in a result: its identity, or its place if that is unknown. */
    public String key() {
        return id == null ? address : id;
    }

    /** How often it has answered. Lines of versions that asked everybody once do not say so. */
    public int timesAnswered() {
        return answers != null ? answers : answered() ? 1 : 0;
    }

    /** How many neighbours were new in its last answer. */
    public int newInLastAnswer() {
        return latestNew != null ? latestNew : told;
    }

    /** Whether another answer may name neighbours that it has not named yet. */
    public boolean mayKnowMore() {
        return mayKnowMore(timesAnswered(), told + malformed, newInLastAnswer());
    }

    /**
     * The same by numbers.
     *
     * @param answers how often the node has answered
     * @param entries in all answers
     * @param latestNew how many neighbours were new in the last answer
     */
    public static boolean mayKnowMore(int answers, int entries, int latestNew) {
        boolean toldAllAtOnce = answers == 1 && entries < WHOLE_BOOK;
        return answers > 0 && latestNew > 0 && !toldAllAtOnce;
    }

    /** Whether it told addresses. */
    public boolean answered() {
        return outcome.equals("answered");
    }
}
