package dev.p2p.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IpTextTest {

    /** The first rows are examples of RFC 5952, sections 1 to 4. */
    @ParameterizedTest
    @CsvSource({
        "2001:0db8::0001, 2001:db8::1",
        "2001:db8:0:0:0:0:2:1, 2001:db8::2:1",
        "2001:db8::1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:DB8:AAAA::EEEE:FFFF:1, 2001:db8:aaaa::eeee:ffff:1",
        "0:0:0:0:0:0:0:1, ::1",
        "0:0:0:0:0:0:0:0, ::",
        "1:0:0:0:0:0:0:0, 1::",
        "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
        "::ffff:192.0.2.1, 192.0.2.1",
        "192.0.2.1, 192.0.2.1",
    })
    void everySpellingOfAnAddressBecomesOne(String written, String canonical) throws UnknownHostException {
        assertThat(IpText.of(InetAddress.ofLiteral(written))).isEqualTo(canonical);
        assertThat(IpText.ofHost(written)).isEqualTo(canonical);
        assertThat(new HostPort(written, 1)).isEqualTo(new HostPort(canonical, 1));
        NodeId id = new NodeId(1, 2, 3);
        assertThat(new NodeAddress(id, "tcp", written, 1, ""))
                .isEqualTo(NodeAddress.of(id, new NetEndpoint("tcp", InetAddress.ofLiteral(canonical), 1)));
    }

    @Test
    void whatIsWrittenIsReadAsTheSameAddress() throws UnknownHostException {
        Random random = new Random(5952);
        for (int i = 0; i < 10_000; i++) {
            byte[] bytes = new byte[16];
            random.nextBytes(bytes);
            for (int j = 0; j < bytes.length; j += 2) {
                if (random.nextBoolean()) {
                    bytes[j] = 0;
                    bytes[j + 1] = 0;
                }
            }
            InetAddress ip = InetAddress.getByAddress(bytes);
            assertThat(InetAddress.ofLiteral(IpText.of(ip))).isEqualTo(ip);
            assertThat(IpText.of(ip)).doesNotContain(":::").hasSizeLessThanOrEqualTo(39);
        }
    }
}
