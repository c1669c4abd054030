package dev.p2p.cli.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.p2p.api.LocalEndpoint;
import dev.p2p.api.NetEndpoint;
import dev.p2p.cli.output.Failure;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses as people type them. */
class AddressArgumentTest {

    private static final String ID = "24f6ed6acbfe1009c030d7ca567c33ca48309114";

    @ParameterizedTest
    @CsvSource({
        "tcp://127.0.0.1:26656, tcp, 127.0.0.1, 26656",
        "mconn://127.0.0.1:26656, tcp, 127.0.0.1, 26656",
        "0.0.0.0:0, tcp, 0.0.0.0, 0",
        "localhost:7, tcp, 127.0.0.1, 7",
        "[::1]:7, tcp, ::1, 7",
        "TCP://[::1]:7, tcp, ::1, 7",
        "quic://127.0.0.1:7, quic, 127.0.0.1, 7"
    })
    void aPlaceToListenOnHasAnIpAddressAndAPort(String text, String protocol, String ip, int port) throws Exception {
        assertThat(AddressArgument.listen(text)).isEqualTo(new NetEndpoint(protocol, InetAddress.getByName(ip), port));
    }

    @ParameterizedTest
    @CsvSource({"unix:///run/node.sock, unix, /run/node.sock", "memory:abc, memory, abc"})
    void otherTransportsListenOnNames(String text, String protocol, String name) {
        assertThat(AddressArgument.listen(text)).isEqualTo(new LocalEndpoint(protocol, name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "tcp://", "127.0.0.1", "tcp://127.0.0.1", "tcp://127.0.0.1:65536", "tcp://:7", "1.2.3:7"})
    void whatIsNoPlaceToListenOnIsRefused(String text) {
        Failure failure = catchThrowableOfType(Failure.class, () -> AddressArgument.listen(text));

        assertThat(failure).hasMessage("cannot use the address " + text);
        assertThat(failure.exitCode()).isEqualTo(2);
    }

    @Test
    void aPeerHasAnIdAHostAndAPort() {
        assertThat(AddressArgument.node(" " + ID + "@example.org:7 ")).hasToString("tcp://" + ID + "@example.org:7");
        assertThat(AddressArgument.node("unix://" + ID + "@/run/node.sock").path())
                .isEqualTo("/run/node.sock");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "example.org:7", ID, ID + "@example.org", "abc@example.org:7", ID + "@example.org:0"})
    void whatIsNoPeerIsRefused(String text) {
        Failure failure = catchThrowableOfType(Failure.class, () -> AddressArgument.node(text));

        assertThat(failure).hasMessage("cannot use the address " + text);
        assertThat(failure.exitCode()).isEqualTo(2);
    }
}
