package dev.p2p.cli.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.p2p.cli.Typed;
import dev.p2p.cli.dial.Target;
import dev.p2p.cli.output.Failure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Addresses in files. */
class TargetListTest {

    private static final String TEXT = """
            # seeds of march
            127.0.0.1:26656

              127.0.0.2:26656   # the other one
            """;

    @TempDir
    private Path folder;

    @Test
    void commentsAndEmptyLinesSayNothing() throws IOException {
        Path file = Files.writeString(folder.resolve("addresses"), TEXT);
        assertThat(TargetList.read(file.toString(), InputStream.nullInputStream()))
                .extracting(Target::text)
                .containsExactly("127.0.0.1:26656", "127.0.0.2:26656");
    }

    @Test
    void aDashIsStandardInput() {
        InputStream in = new ByteArrayInputStream(TEXT.getBytes(StandardCharsets.UTF_8));
        assertThat(TargetList.read("-", in)).hasSize(2);
    }

    @Test
    void aBadLineIsNamedByItsNumber() throws IOException {
        Path file = Files.writeString(folder.resolve("addresses"), TEXT + "nonsense\n");
        assertThatThrownBy(() -> TargetList.read(file.toString(), InputStream.nullInputStream()))
                .isInstanceOf(Failure.class)
                .hasMessage("cannot use line 5 of " + file);
    }

    @Test
    void linesMayEndAsOnWindowsAndBeginWithItsMark() throws IOException {
        Path file = Files.writeString(folder.resolve("addresses"), "\ufeff127.0.0.1:26656\r\n\r\n127.0.0.2:26656");
        assertThat(TargetList.read(file.toString(), InputStream.nullInputStream()))
                .extracting(Target::text)
                .containsExactly("127.0.0.1:26656", "127.0.0.2:26656");
    }

    @Test
    void whatIsNoTextIsCalledThat() throws IOException {
        byte[] bytes = {'a', (byte) 0xff, (byte) 0xfe, '\n'};
        Path file = Files.write(folder.resolve("addresses"), bytes);
        Typed.words("probe", "--from-file", file.toString()).failed(1, "P2P-FILE-UNREADABLE");
        assertThat(Typed.words("probe", "--from-file", file.toString()).cause()).isEqualTo("it is no UTF-8 text");
        assertThatThrownBy(() -> TargetList.read("-", new ByteArrayInputStream(bytes)))
                .hasMessage("cannot read addresses from -");
    }

    @Test
    void aLineWithoutEndIsNotReadToIt() {
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 0;
            }
        };
        assertThatThrownBy(() -> TargetList.read("-", endless))
                .isInstanceOf(Failure.class)
                .extracting(e -> ((Failure) e).exitCode())
                .isEqualTo(2);
    }

    @Test
    void aMissingFileIsNotFound() {
        assertThatThrownBy(() -> TargetList.read("/nowhere/at/all", InputStream.nullInputStream()))
                .isInstanceOf(Failure.class)
                .extracting(e -> ((Failure) e).exitCode())
                .isEqualTo(3);
    }
}
