package dev.p2p.cli.dial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.p2p.api.HostPort;
import dev.p2p.api.NodeId;
import dev.p2p.cli.output.Failure;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a place to visit is written. */
class TargetTest {

    private static final String ID = "24f6b4e6d4b8a9c1f0e2d3c4b5a697887766a114";

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:26656,             tcp, 127.0.0.1,        26656",
        "tcp://127.0.0.1:26656,       tcp, 127.0.0.1,        26656",
        "mconn://127.0.0.1:26656,     tcp, 127.0.0.1,        26656",
        "[::1]:26656,                 tcp, ::1,              26656",
        "Seed.Example.org:26656,      tcp, seed.example.org, 26656",
        "quic://203.0.113.9:443,      quic, 203.0.113.9,     443",
    })
    void aPlaceOnAnIpNetworkKeepsItsProtocol(String text, String protocol, String host, int port) {
        Target target = Target.parse(text);
        assertThat(target.protocol()).isEqualTo(protocol);
        assertThat(target.place()).contains(new HostPort(host, port));
        assertThat(target.expected()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s@127.0.0.1:26656", "tcp://%s@127.0.0.1:26656", "mconn://%s@127.0.0.1:26656"})
    void anAddressWithAnIdSaysWhomToExpect(String form) {
        Target target = Target.parse(form.formatted(ID));
        assertThat(target.expected()).contains(NodeId.parse(ID));
        assertThat(target.place()).contains(new HostPort("127.0.0.1", 26_656));
    }

    @Test
    void aPlaceWithANameGoesToTheTransportOfItsProtocol() {
        Target named = Target.parse("unix:///run/node.sock");
        assertThat(named.protocol()).isEqualTo("unix");
        assertThat(named.place()).isEmpty();
        assertThat(named.name()).isEqualTo("/run/node.sock");
        assertThat(named.expected()).isEmpty();
        assertThat(Target.parse("unix://" + ID + "@/run/node.sock").expected()).contains(NodeId.parse(ID));
        Target memory = Target.parse("memory:" + ID);
        assertThat(memory.name()).isEqualTo(ID);
        assertThat(memory.expected()).contains(NodeId.parse(ID));
        assertThat(Target.parse("memory:somewhere").expected()).isEqualTo(Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:26656,                 tcp://127.0.0.1:26656",
        "mconn://Seed.Example.org:26656,  tcp://seed.example.org:26656",
        "[0:0:0:0:0:0:0:1]:26656,         tcp://[::1]:26656",
        ID + "@127.0.0.1:26656,           tcp://" + ID + "@127.0.0.1:26656",
        "unix:///run/node.sock,           unix:///run/node.sock",
        "unix://" + ID + "@/run/a.sock,   unix://" + ID + "@/run/a.sock",
        "memory:somewhere,                memory:somewhere",
        "memory:" + ID + ",               memory:" + ID,
    })
    void thePlaceHasOneForm(String text, String canonical) {
        assertThat(Target.parse(text).canonical()).isEqualTo(canonical);
        assertThat(Target.parse(canonical).canonical()).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "127.0.0.1",
                "127.0.0.1:",
                "127.0.0.1:0",
                "127.0.0.1:70000",
                "x@127.0.0.1:1",
                "a b:1",
                "tcp://",
                "0.0.0.0:26656",
                "tcp://[::]:26656"
            })
    void anythingElseIsRefusedWithARemedy(String text) {
        assertThatThrownBy(() -> Target.parse(text))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("cannot use the address " + text)
                .extracting(e -> ((Failure) e).exitCode())
                .isEqualTo(2);
    }
}
