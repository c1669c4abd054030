package dev.p2p.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class IpBlockTest {

    @Test
    void comparesAsManyBitsAsItSays() {
        IpBlock block = IpBlock.parse("10.20.16.0/20");
        assertThat(block.contains(InetAddress.ofLiteral("10.20.16.1"))).isTrue();
        assertThat(block.contains(InetAddress.ofLiteral("10.20.31.255"))).isTrue();
        assertThat(block.contains(InetAddress.ofLiteral("10.20.32.0"))).isFalse();
    }

    @Test
    void aRangeOfOneKindHoldsNoAddressOfTheOther() {
        assertThat(IpBlock.parse("::/0").contains(InetAddress.ofLiteral("10.0.0.1")))
                .isFalse();
        assertThat(IpBlock.parse("0.0.0.0/0").contains(InetAddress.ofLiteral("::1")))
                .isFalse();
        assertThat(IpBlock.parse("::1").contains(InetAddress.ofLiteral("::1"))).isTrue();
    }

    @Test
    void anAddressAloneIsARangeOfOne() {
        IpBlock block = IpBlock.parse("192.0.2.7");
        assertThat(block.contains(InetAddress.ofLiteral("192.0.2.7"))).isTrue();
        assertThat(block.contains(InetAddress.ofLiteral("192.0.2.6"))).isFalse();
        assertThat(block).hasToString("192.0.2.7/32");
    }

    @Test
    void refusesNamesAndTooManyBits() {
        assertThatIllegalArgumentException().isThrownBy(() -> IpBlock.parse("example.org/8"));
        assertThatIllegalArgumentException().isThrownBy(() -> IpBlock.parse("10.0.0.0/33"));
        assertThatIllegalArgumentException().isThrownBy(() -> IpBlock.parse("10.0.0.0/x"));
    }
}
