package dev.p2p.cli.probe;

import dev.p2p.api.Reason;
import dev.p2p.cli.dial.Stages;
import dev.p2p.cli.dial.Stages.Stage;
import dev.p2p.cli.output.ExitCode;

/**
 * What most probably lies behind a problem. A node that hangs up does not say why, but when it does tells a lot (section 3.5 of
 * the wire document).
 */
final class Diagnosis {

    private Diagnosis() {}

    /** The exit code that this finding alone would give. */
    static int exitCode(Finding finding) {
        if (finding.problem().isEmpty()) {
            return ExitCode.OK;
        }
        Stages stages = finding.stages();
        return switch (finding.problem().get()) {
            case WRONG_ID, BAD_SIGNATURE -> ExitCode.WRONG_IDENTITY;
            case CONNECTION_REFUSED, DIAL_TIMEOUT, HANDSHAKE_TIMEOUT, UNKNOWN_HOST, SILENT -> ExitCode.NO_ANSWER;
            case NETWORK_FAILURE -> stages.passed(Stage.TCP) ? ExitCode.REFUSED : ExitCode.NO_ANSWER;
            case UNKNOWN_PROTOCOL -> ExitCode.USAGE;
            case INTERNAL_ERROR -> ExitCode.FAILED;
            default -> ExitCode.REFUSED;
        };
    }

    /** In words; empty if there is no problem. */
    static String explain(Finding finding) {
        return finding.problem()
                .map(problem -> explain(problem, finding.stages()))
                .orElse("");
    }

    private static String explain(Reason problem, Stages stages) {
        return switch (problem) {
            case CONNECTION_REFUSED -> "nobody listens there";
            case DIAL_TIMEOUT -> "no connection in time: the host is down, or a firewall drops the packets";
            case UNKNOWN_HOST -> "the host name has no address";
            case UNKNOWN_PROTOCOL -> "there is no plug-in for this kind of address";
            case HANDSHAKE_TIMEOUT -> silentAfter(stages);
            case CLOSED_BY_PEER, NETWORK_FAILURE -> stages.passed(Stage.TCP) ? closedAfter(stages) : "no way to it";
            case SILENT -> "it shook hands, but answers no keep-alive: it is overloaded or stopped";
            case WRONG_ID -> "another node than the expected one answered";
            case BAD_SIGNATURE -> "it does not hold the key that it shows";
            case SELF -> "it shows the identity of this probe: something reflects what is sent";
            case WRONG_NETWORK, WRONG_BLOCK_VERSION, NO_COMMON_CHANNEL -> "the node works, but not with these settings";
            case INVALID_NODE_INFO -> "what it tells of itself breaks the rules";
            case BAD_FRAME -> "its encrypted bytes do not open: another version, or somebody in between";
            case INTERNAL_ERROR -> "this program failed, not the node";
            default -> "its bytes break the protocol: it is another service, or an unknown version";
        };
    }

    /** A full CometBFT node leaves new connections in the kernel's queue, where they open and are never served. */
    private static String silentAfter(Stages stages) {
        if (!stages.passed(Stage.ENCRYPTION)) {
            return "connected, but it sent no key: its inbound slots are full, or another service listens there";
        }
        return stages.passed(Stage.IDENTITY)
                ? "it proved its identity, and then told nothing of itself"
                : "it agreed on keys, and then proved no identity";
    }

    private static String closedAfter(Stages stages) {
        if (!stages.passed(Stage.ENCRYPTION)) {
            return "it hung up before it sent its key: its slots are full, it has a connection from this IP already, "
                    + "filters addresses, or is another service";
        }
        if (!stages.passed(Stage.IDENTITY)) {
            return "it hung up on the proof of identity: it is overloaded, or speaks another version of the handshake";
        }
        if (!stages.passed(Stage.NODEINFO)) {
            return "it hung up before it told of itself: it has another identity than the dialed one, or filters identities";
        }
        return "it hung up after it told of itself: its inbound slots are full, it refuses what this side told, "
                + "or it filters identities";
    }
}
