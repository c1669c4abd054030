package dev.p2p.it.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Standard streams as shells hand them over: full, closed, cut short, and a Ctrl-C in the middle. */
class StreamsIT {

    private final Program p2p = Program.built();

    @TempDir
    private Path folder;

    @Test
    void aResultThatCannotBeWrittenIsAFailure() throws Exception {
        p2p.shell("\"$0\" version > /dev/full").failedWith(1, "P2P-OUTPUT-LOST");
        p2p.shell("\"$0\" probe --help > /dev/full").failedWith(1, "P2P-OUTPUT-LOST");
        p2p.shell("\"$0\" version -o json >&-").failedWith(1, "P2P-OUTPUT-LOST");
    }

    @Test
    void aClosedStandardInputIsAnEmptyOne() throws Exception {
        p2p.shell("\"$0\" probe --from-file - <&-").failedWith(2, "P2P-USAGE");
    }

    @Test
    void whatNeverEndsByItselfEndsWithItsReader() throws Exception {
        try (Running node = p2p.start("node", "run", "--home", home())) {
            String address = node.awaitListening();

            Ended ping = p2p.shell("{ \"$0\" ping " + address + " -n 0 -i 100ms; echo code $? >&2; } | head -n 1");

            assertThat(ping.out()).contains(" at " + address);
            assertThat(ping.err()).isEqualTo("code 141\n");
            node.stop().well();
        }
    }

    @Test
    void aNodeGoesOnWithoutItsReader() throws Exception {
        try (Running node = p2p.startShell("exec \"$0\" node run --home '" + home() + "' >&-")) {
            node.awaitLog("cannot write to standard output: listening ");

            p2p.run("status", "--home", home(), "-q").well();

            node.stop().well();
        }
    }

    @Test
    void ctrlCOfAProbeKeepsWhatWasFound() throws Exception {
        try (Running node = p2p.start("node", "run", "--home", home());
                ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String answers = node.awaitListening();
            try (Running probe = p2p.start(
                            "probe",
                            answers,
                            "127.0.0.1:" + silent.getLocalPort(),
                            "--parallel=1",
                            "--timeout=60s",
                            "--output=json");
                    Socket second = silent.accept()) {
                assertThat(second.isConnected()).isTrue();
                probe.signal("INT");
                Ended ended = probe.awaitEnd();

                assertThat(ended.exitCode()).isEqualTo(130);
                assertThat(ended.err()).isEqualTo("interrupted: 1 of 2 probed\n");
                JsonArray items = ended.json().getAsJsonArray("items");
                assertThat(items).hasSize(1);
                assertThat(items.get(0).getAsJsonObject().get("address").getAsString())
                        .isEqualTo(answers);
            }
            node.stop().well();
        }
    }

    private String home() {
        return folder.resolve("home").toString();
    }
}
