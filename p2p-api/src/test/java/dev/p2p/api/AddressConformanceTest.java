package dev.p2p.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rows of Tendermint's {@code internal/p2p/address_test.go} and {@code transport_test.go} that the vector files do not have. */
class AddressConformanceTest {

    private static final String U = "00112233445566778899aabbccddeeff00112233";
    private static final NodeId ID = NodeId.parse(U);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "foo",
                "00",
                "0011",
                "00112233445566778899aabbccddeeff0011223",
                "00112233445566778899aabbccddeeff0011223g",
                "00112233445566778899aabbccddeeff001122334",
                "00112233445566778899aabbccddeeffgg001122",
                " 0112233445566778899aabbccddeeff00112233"
            })
    @DisplayName(
            "AD-01 AD-02 AD-05 AD-06 AD-10 AD-12 PO-03 PO-19: whatever is not 40 hex digits is no identity, of whichever peer")
    void whatIsNoIdentity(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> NodeId.parse(text));
        assertThatIllegalArgumentException().isThrownBy(() -> NodeAddress.parse(text + "@127.0.0.1:26656"));
    }

    @Test
    @DisplayName("AD-03 AD-04 AD-11 PO-02: 40 hex digits are an identity, written in lower case however they came")
    void whatIsAnIdentity() {
        assertThat(NodeId.parse(U)).hasToString(U);
        assertThat(NodeId.parse(U.toUpperCase(Locale.ROOT))).hasToString(U);
    }

    @ParameterizedTest
    @CsvSource({"hostname.domain,hostname.domain,0", "127.0.0.1:26657,127.0.0.1,26657"})
    @DisplayName("AD-23 AD-27: without a protocol and a path an address is read as well, with a port or without")
    void shortAddresses(String place, String host, int port) {
        assertThat(NodeAddress.parse(U + "@" + place)).isEqualTo(new NodeAddress(ID, "mconn", host, port, ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%F0%9F%91%8B", "%F0%9F%91%8B:80/path", "\uD83D\uDC4B"})
    @DisplayName(
            "AD-25 AD-26: a host is letters, digits, hyphens, underscores and points, and nothing else, also if it is escaped")
    void hostsAreOfFewLetters(String place) {
        assertThatIllegalArgumentException().isThrownBy(() -> NodeAddress.parse(U + "@" + place));
    }

    @Test
    @DisplayName("AD-71 AD-73 AD-74 AD-84: an address has one text, without what it lacks")
    void addressesHaveOneText() {
        assertThat(new NodeAddress(ID, "tcp", "host.domain", 0, "")).hasToString("tcp://" + U + "@host.domain");
        assertThat(new NodeAddress(ID, "memory", "", 0, "")).hasToString("memory:" + U);
        assertThat(NodeAddress.parse("memory:" + U)).hasToString("memory:" + U);
        assertThat(new NodeAddress(ID, "memory", "", 0, "/path")).hasToString("memory://" + U + "@/path");
    }

    @Test
    @DisplayName("AD-90 AD-91 AD-92 AD-94: a host, a port and a path may each be missing")
    void partsMayBeMissing() {
        for (NodeAddress address : List.of(
                new NodeAddress(ID, "mconn", "host", 80, "/path"),
                new NodeAddress(ID, "mconn", "host", 0, ""),
                new NodeAddress(ID, "mconn", "", 0, "/path"),
                new NodeAddress(ID, "mconn", "", 0, ""))) {
            assertThat(NodeAddress.parse(address.toString())).isEqualTo(address);
        }
    }

    @Test
    @DisplayName("AD-95 AD-96 AD-97 AD-98: no identity, no protocol, or a port without a host are refused")
    void whatIsNoAddress() {
        for (String text : List.of("", "foo@host", "mconn://foo@host", "mconn://" + U + "@:80/path")) {
            assertThatIllegalArgumentException().isThrownBy(() -> NodeAddress.parse(text));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> new NodeAddress(ID, "", "host", 0, ""));
        assertThatIllegalArgumentException().isThrownBy(() -> new NodeAddress(ID, "mconn", "", 80, "/path"));
    }

    @Test
    @DisplayName("EP-20 EP-25: an endpoint's text is its protocol and its name, or its address and port")
    void endpointsHaveOneText() {
        assertThat(new LocalEndpoint("memory", U)).hasToString("memory:" + U);
        assertThat(new NetEndpoint("tcp", InetAddress.ofLiteral("1.2.3.4"), 8_080))
                .hasToString("tcp://1.2.3.4:8080");
    }

    @Test
    @DisplayName(
            "EP-40 EP-41 EP-42 EP-43 EP-44 EP-45: an IP address of either kind, with a port or without, makes an endpoint, and so does a name")
    void whatIsAnEndpoint() {
        InetAddress v4 = InetAddress.ofLiteral("1.2.3.4");
        InetAddress mapped = InetAddress.ofLiteral("::ffff:1.2.3.4");
        InetAddress v6 = InetAddress.ofLiteral("b10c::1");
        assertThat(new NetEndpoint("tcp", v4, 0)).isEqualTo(new NetEndpoint("tcp", mapped, 0));
        assertThat(new NetEndpoint("tcp", v6, 0).ip()).isEqualTo(v6);
        assertThat(new NetEndpoint("tcp", v4, 8_080).toSocketAddress().getPort())
                .isEqualTo(8_080);
        assertThat(new NetEndpoint("tcp", v6, 8_080))
                .asString()
                .startsWith("tcp://[")
                .endsWith("]:8080");
        assertThat(new LocalEndpoint("memory", "foo").name()).isEqualTo("foo");
        assertThatIllegalArgumentException().isThrownBy(() -> new NetEndpoint("tcp", v4, 65_536));
        assertThatIllegalArgumentException().isThrownBy(() -> new LocalEndpoint("memory", ""));
    }
}
