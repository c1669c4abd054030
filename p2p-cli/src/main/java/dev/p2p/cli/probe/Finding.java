package dev.p2p.cli.probe;

import dev.p2p.api.NodeId;
import dev.p2p.api.NodeInfo;
import dev.p2p.api.Reason;
import dev.p2p.api.transport.HandshakeListener;
import dev.p2p.cli.output.ExitCode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a probe found out, stage by stage. Filled by the probing thread; times in nanoseconds. */
final class Finding implements HandshakeListener {

    /** The stages in their order. */
    enum Stage {
        TCP,
        ENCRYPTION,
        IDENTITY,
        NODEINFO
    }

    private final Target target;
    private final Map<Stage, Long> nanos = new LinkedHashMap<>();
    private long stageBegan;
    private @Nullable String cipher;
    private @Nullable NodeId id;
    private @Nullable NodeInfo info;
    private @Nullable Reason problem;
    private String detail = "";

    Finding(Target target) {
        this.target = target;
        this.stageBegan = System.nanoTime();
    }

    void connected() {
        reached(Stage.TCP);
    }

    @Override
    public void encrypted(String how) {
        cipher = how;
        reached(Stage.ENCRYPTION);
    }

    @Override
    public void authenticated(NodeId peer) {
        id = peer;
        reached(Stage.IDENTITY);
    }

    @Override
    public void received(NodeInfo peer) {
        info = peer;
        reached(Stage.NODEINFO);
    }

    void failed(Reason reason, String why) {
        problem = reason;
        detail = why;
    }

    Target target() {
        return target;
    }

    Map<Stage, Long> nanos() {
        return nanos;
    }

    Optional<String> cipher() {
        return Optional.ofNullable(cipher);
    }

    Optional<NodeId> id() {
        return Optional.ofNullable(id);
    }

    Optional<NodeInfo> info() {
        return Optional.ofNullable(info);
    }

    Optional<Reason> problem() {
        return Optional.ofNullable(problem);
    }

    String detail() {
        return detail;
    }

    /** The exit code that this finding alone would give. */
    int exitCode() {
        if (problem == null) {
            return ExitCode.OK;
        }
        return switch (problem) {
            case WRONG_ID, BAD_SIGNATURE -> ExitCode.WRONG_IDENTITY;
            case CONNECTION_REFUSED, DIAL_TIMEOUT, HANDSHAKE_TIMEOUT, UNKNOWN_HOST -> ExitCode.NO_ANSWER;
            case NETWORK_FAILURE -> nanos.isEmpty() ? ExitCode.NO_ANSWER : ExitCode.REFUSED;
            case INTERNAL_ERROR -> ExitCode.FAILED;
            default -> ExitCode.REFUSED;
        };
    }

    /** What most probably lies behind the problem, by the stage at which it came. */
    String explanation() {
        if (problem == null) {
            return "";
        }
        return switch (problem) {
            case CONNECTION_REFUSED -> "nobody listens there";
            case DIAL_TIMEOUT -> "no connection in time: the host is down, or a firewall drops the packets";
            case UNKNOWN_HOST -> "the host name has no address";
            case HANDSHAKE_TIMEOUT ->
                nanos.containsKey(Stage.ENCRYPTION)
                        ? "the node stopped answering in the handshake"
                        : "connected, but nothing was ever received: its inbound slots are full, or it speaks another protocol";
            case CLOSED_BY_PEER, NETWORK_FAILURE -> closedAfter();
            case WRONG_ID -> "another node than the expected one answered";
            case BAD_SIGNATURE -> "it does not hold the key that it claims";
            case WRONG_NETWORK, WRONG_BLOCK_VERSION, NO_COMMON_CHANNEL -> "the node works, but not with these settings";
            default -> "its bytes break the protocol";
        };
    }

    private String closedAfter() {
        if (!nanos.containsKey(Stage.ENCRYPTION)) {
            return "closed before a byte came: it has a connection from this address already, or filters addresses";
        }
        if (!nanos.containsKey(Stage.IDENTITY)) {
            return "closed during the key exchange";
        }
        return "closed after the identities were proven: it refused this node's information, is full, or is connected already";
    }

    private void reached(Stage stage) {
        long now = System.nanoTime();
        nanos.put(stage, now - stageBegan);
        stageBegan = now;
    }
}
