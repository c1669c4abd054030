package dev.p2p.transport.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.p2p.api.Endpoint;
import dev.p2p.api.NetEndpoint;
import dev.p2p.api.Reason;
import dev.p2p.api.transport.PendingConnection;
import dev.p2p.api.transport.TransportProvider;
import dev.p2p.testkit.transport.TransportRig;
import dev.p2p.testkit.transport.TransportSubject;
import dev.p2p.testkit.transport.Worker;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Listening at each kind of address. Whoever listens everywhere is dialed on loopback, like the others. */
class ListenPlacesTest {

    private record At(InetAddress ip) implements TransportSubject {

        @Override
        public TransportProvider provider() {
            return new TcpTransportProvider();
        }

        @Override
        public Endpoint listenEndpoint() {
            return new NetEndpoint("tcp", ip, 0);
        }
    }

    @ParameterizedTest(name = "{displayName} ({0})")
    @CsvSource({"127.0.0.1,127.0.0.1", "0.0.0.0,127.0.0.1", "::1,::1", "::,::1"})
    @DisplayName(
            "MT-10 MT-11 MT-12 MT-13 MT-14: a listener keeps the address it was given, has a port, is found there by dials, alone, until it closes")
    void aListenerIsWhereItWasPut(String listen, String dial) throws Exception {
        InetAddress ip = InetAddress.ofLiteral(listen);
        try (TransportRig rig = new TransportRig(new At(ip))) {
            NetEndpoint place = (NetEndpoint) rig.listener().endpoint();
            assertThat(place.protocol()).isEqualTo("tcp");
            assertThat(place.ip()).isEqualTo(ip);
            assertThat(place.port()).isPositive();
            assertThatThrownBy(() -> rig.transport().listen(place)).isInstanceOf(IOException.class);
            NetEndpoint target = new NetEndpoint("tcp", InetAddress.ofLiteral(dial), place.port());
            Worker<PendingConnection> accepting = rig.workers().start("accept", rig.listener()::accept);
            PendingConnection dialed = rig.keep(dial(rig, target).result());
            PendingConnection accepted = rig.keep(accepting.result());
            assertThat(dialed.remote()).isEqualTo(target);
            assertThat(accepted.remote()).isEqualTo(dialed.local());
            accepted.close();
            rig.listener().close();
            assertThat(dial(rig, target).reason()).isEqualTo(Reason.CONNECTION_REFUSED);
        }
    }

    private static Worker<PendingConnection> dial(TransportRig rig, NetEndpoint target) {
        return rig.workers().start("dial", () -> rig.dialing().dial(target, Duration.ofSeconds(20)));
    }
}
