package dev.p2p.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A result that cannot be written ends the command. */
class StandardOutputTest {

    @Test
    void whatCanBeWrittenComesThrough() {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        PrintWriter out = StandardOutput.to(written, StandardCharsets.UTF_8);

        out.println("a → b");

        assertThat(written.toString(StandardCharsets.UTF_8)).isEqualTo("a → b" + System.lineSeparator());
    }

    @Test
    void aFullDiskIsAFailureWithItsCause() {
        PrintWriter out = StandardOutput.to(failing("No space left on device"), StandardCharsets.UTF_8);

        assertThatExceptionOfType(Failure.class)
                .isThrownBy(() -> out.println("result"))
                .satisfies(failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.FAILED))
                .withRootCauseInstanceOf(IOException.class);
    }

    @Test
    void aReaderThatHasSeenEnoughIsNoFailure() {
        PrintWriter out = StandardOutput.to(failing("Broken pipe"), StandardCharsets.UTF_8);

        assertThatExceptionOfType(StandardOutput.ReaderGoneException.class).isThrownBy(() -> out.println("result"));
    }

    @Test
    void aTextForAsciiTerminalsFailsTheSameWay() {
        PrintWriter disk = StandardOutput.to(failing("No space left on device"), StandardCharsets.US_ASCII);
        PrintWriter out = new PrintWriter(new AsciiWriter(disk), true);

        assertThatExceptionOfType(Failure.class).isThrownBy(() -> out.println("result"));
    }

    private static OutputStream failing(String why) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(why);
            }
        };
    }
}
