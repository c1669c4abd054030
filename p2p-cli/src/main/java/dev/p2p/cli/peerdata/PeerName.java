package dev.p2p.cli.peerdata;

import dev.p2p.api.NodeId;
import dev.p2p.cli.output.ExitCode;
import dev.p2p.cli.output.Failure;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** A peer on the command line: its identity, or a beginning of it that no other peer shares. */
public final class PeerName {

    private static final int LEAST_DIGITS = 4;
    private static final int SHOWN = 5;

    private PeerName() {}

    /**
     * The peer that is meant.
     *
     * @throws Failure if it is no such text, or none or several peers begin with it
     */
    public static NodeId resolve(PeerSource source, String text) {
        String digits = text.strip().toLowerCase(Locale.ROOT);
        if (digits.length() > NodeId.HEX_DIGITS || !digits.chars().allMatch(HexFormat::isHexDigit)) {
            throw usage(text, "a peer is named by the hex digits of its ID");
        }
        if (digits.length() == NodeId.HEX_DIGITS) {
            return NodeId.parse(digits);
        }
        if (digits.length() < LEAST_DIGITS) {
            throw usage(text, "the beginning of an ID has at least " + LEAST_DIGITS + " digits");
        }
        List<NodeId> found = source.beginningWith(digits, SHOWN + 1);
        if (found.isEmpty()) {
            throw notFound(text);
        }
        if (found.size() > 1) {
            List<String> names =
                    found.stream().limit(SHOWN).map(NodeId::toString).toList();
            throw Failure.of(
                            "P2P-PEER-AMBIGUOUS",
                            ExitCode.USAGE,
                            "cannot tell which peer " + text + " is",
                            "several begin so: " + String.join(" ", names) + (found.size() > SHOWN ? " …" : ""))
                    .tryThis("write more digits");
        }
        return found.getFirst();
    }

    /**
     * What is known of the peer that is meant.
     *
     * @throws Failure if none or several are meant
     */
    public static PeerRow find(PeerSource source, String text) {
        return source.peer(resolve(source, text)).orElseThrow(() -> notFound(text));
    }

    private static Failure notFound(String text) {
        return Failure.of(
                        "P2P-PEER-NOT-FOUND",
                        ExitCode.NOT_FOUND,
                        "cannot find the peer " + text,
                        "no known peer has that ID")
                .tryThis("p2p peers list -o name --limit 0   lists all that are known");
    }

    private static Failure usage(String text, String why) {
        String shown = text.length() > 80 ? text.substring(0, 80) + "…" : text;
        return Failure.of("P2P-PEER-NAME-INVALID", ExitCode.USAGE, "cannot use the peer " + shown, why)
                .tryThis("write the 40 digits of its ID, or at least the first four");
    }
}
