package dev.p2p.cli.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.p2p.api.NodeInfo;
import dev.p2p.api.Reason;
import dev.p2p.cli.dial.Caller;
import dev.p2p.cli.dial.Stages;
import dev.p2p.cli.dial.Stages.Stage;
import dev.p2p.cli.dial.Target;
import dev.p2p.cli.dial.TestNodes;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a probe shows, to the letter. */
class ProbeScreenTest {

    private static final Target TARGET = Target.parse("198.51.100.24:26656");
    private static final NodeInfo INFO = NodeInfo.of(
            TestNodes.key(1).id(),
            "osmosis-1",
            "validator-3",
            "0.38.25",
            "tcp://0.0.0.0:26656",
            Caller.ALL_CHANNELS.stream().sorted().toList());

    private final AtomicLong clock = new AtomicLong();

    @Test
    void aGoodNodeIsShownStageByStage() {
        Finding finding = Finding.compatible(TARGET, stages(Stage.PONG));
        assertThat(screen(finding, Optional.of("osmosis-1"))).isEqualTo("""
                        ADDRESS     198.51.100.24:26656
                        TCP         connected                                            10.0 ms
                        ENCRYPTION  SecretConnection, X25519                             +10.0 ms
                        IDENTITY    ID                                                   +10.0 ms  signature ok
                        NODEINFO    "validator-3"  version 0.38.25  p2p 8  block 11  app 0  +10.0 ms
                        NETWORK     osmosis-1                                            same as asked
                        CHANNELS    00 20 21 22 23 30 38 40 60 61
                                    pex state data vote vote-set-bits mempool evidence blocksync snapshot chunk
                        ADDRESSES   listens tcp://0.0.0.0:26656                          tx_index off
                        KEEPALIVE   answered                                             +10.0 ms
                        VERDICT     compatible                                           (exit 0)
                        """.replace(
                        "ID                                      ", INFO.id().toString()));
    }

    @Test
    void aNodeThatHangsUpAfterTheHandshakeIsNotCalledCompatible() {
        Finding finding = Finding.failed(TARGET, stages(Stage.NODEINFO), Reason.CLOSED_BY_PEER, "the peer ended it");
        assertThat(screen(finding, Optional.empty()))
                .contains("NETWORK     osmosis-1\n")
                .doesNotContain("KEEPALIVE")
                .contains(
                        "VERDICT     closed-by-peer: it hung up after it told of itself: its inbound slots are full, it"
                                + " refuses what this side told, or it filters identities: the peer ended it  (exit 5)");
    }

    @ParameterizedTest
    @CsvSource({
        "CONNECTION_REFUSED, ,           4, nobody listens there",
        "DIAL_TIMEOUT,       ,           4, firewall",
        "UNKNOWN_HOST,       ,           4, no address",
        "NETWORK_FAILURE,    ,           4, no way to it",
        "HANDSHAKE_TIMEOUT,  TCP,        4, inbound slots are full",
        "HANDSHAKE_TIMEOUT,  ENCRYPTION, 4, proved no identity",
        "HANDSHAKE_TIMEOUT,  IDENTITY,   4, told nothing of itself",
        "SILENT,             NODEINFO,   4, answers no keep-alive",
        "CLOSED_BY_PEER,     TCP,        5, connection from this IP already",
        "NETWORK_FAILURE,    TCP,        5, connection from this IP already",
        "CLOSED_BY_PEER,     ENCRYPTION, 5, hung up on the proof of identity",
        "CLOSED_BY_PEER,     IDENTITY,   5, another identity than the dialed one",
        "CLOSED_BY_PEER,     NODEINFO,   5, inbound slots are full",
        "HANDSHAKE_FAILED,   TCP,        5, another service",
        "BAD_FRAME,          ENCRYPTION, 5, do not open",
        "INVALID_NODE_INFO,  IDENTITY,   5, breaks the rules",
        "WRONG_NETWORK,      NODEINFO,   5, not with these settings",
        "NO_COMMON_CHANNEL,  NODEINFO,   5, not with these settings",
        "WRONG_BLOCK_VERSION, NODEINFO,  5, not with these settings",
        "WRONG_ID,           NODEINFO,   6, another node",
        "BAD_SIGNATURE,      ENCRYPTION, 6, does not hold the key",
        "INTERNAL_ERROR,     TCP,        1, this program failed",
    })
    void everyEndIsExplainedByWhenItCame(Reason problem, Stage last, int code, String words) {
        Finding finding = Finding.failed(TARGET, stages(last), problem, "");
        assertThat(Diagnosis.explain(finding)).contains(words);
        assertThat(Diagnosis.exitCode(finding)).isEqualTo(code);
    }

    @Test
    void theSummaryCountsTheVerdictsMostFrequentFirst() {
        assertThat(ProbeScreen.summary(List.of("dial-timeout", "compatible", "dial-timeout")))
                .isEqualTo("3 probed: 2 dial-timeout, 1 compatible");
    }

    @Test
    void foreignTextReachesTheTerminalAsText() {
        Finding finding =
                Finding.failed(TARGET, stages(null), Reason.NETWORK_FAILURE, "\u001b[2Jgone\nVERDICT compatible");
        assertThat(screen(finding, Optional.empty()))
                .doesNotContain("\u001b")
                .contains("no way to it: ?[2Jgone VERDICT compatible");
    }

    private String screen(Finding finding, Optional<String> network) {
        StringWriter text = new StringWriter();
        ProbeScreen.print(new PrintWriter(text), finding, network);
        return text.toString();
    }

    /** Stages of ten milliseconds each, up to and with the last. */
    private Stages stages(@org.jspecify.annotations.Nullable Stage last) {
        Stages stages = new Stages(clock::get);
        for (Stage stage : Stage.values()) {
            if (last == null || stage.compareTo(last) > 0) {
                break;
            }
            clock.addAndGet(10_000_000);
            switch (stage) {
                case ENCRYPTION -> stages.encrypted("SecretConnection, X25519");
                case IDENTITY -> stages.authenticated(INFO.id());
                case NODEINFO -> stages.received(INFO);
                case TCP, PONG -> stages.reached(stage);
            }
        }
        return stages;
    }
}
