package dev.p2p.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** The four lines. */
class FailureTest {

    @Test
    void hasFourLines() {
        Failure failure = Failure.of("P2P-STORE-LOCKED", ExitCode.STORE, "cannot use the store", "it is in use")
                .tryThis("stop the other process")
                .orThis("wait");

        assertThat(printed(failure).lines())
                .containsExactly(
                        "error: cannot use the store (P2P-STORE-LOCKED)",
                        "cause: it is in use",
                        "try:   stop the other process",
                        "   or: wait");
        assertThat(failure.exitCode()).isEqualTo(7);
    }

    @Test
    void staysFourLinesOfPlainTextWhateverAPeerOrAFileNameSays() {
        Failure failure = Failure.of("P2P-X", 1, "a\nerror: b", "\033[2J\r\nc\u0000")
                .tryThis("d\u009b31m")
                .orThis("e\tf\u007f");

        assertThat(printed(failure).lines())
                .containsExactly("error: a error: b (P2P-X)", "cause: ?[2J  c?", "try:   d?31m", "   or: e f?");
    }

    @Test
    void whatNobodyForesawIsToldWithoutAStackTrace() {
        Failure failure = Failure.unexpected(new IllegalStateException("lost\nmy way"));

        assertThat(failure.exitCode()).isEqualTo(1);
        assertThat(failure).hasCauseInstanceOf(IllegalStateException.class);
        assertThat(printed(failure).lines())
                .startsWith(
                        "error: the command failed (P2P-INTERNAL)",
                        "cause: java.lang.IllegalStateException: lost my way")
                .hasSize(4);
    }

    @Test
    void keepsTheCauseWhileItIsBuilt() {
        Exception cause = new Exception("disk");

        assertThat(Failure.of("P2P-X", 1, "a", "b").causedBy(cause).tryThis("c").orThis("d"))
                .hasCause(cause);
    }

    private static String printed(Failure failure) {
        StringWriter text = new StringWriter();
        failure.print(new PrintWriter(text));
        return text.toString();
    }
}
