package dev.p2p.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class AddressRangeTest {

    @Test
    void comparesAsManyBitsAsItSays() {
        AddressRange range = AddressRange.parse("10.20.16.0/20");
        assertThat(range.contains(InetAddress.ofLiteral("10.20.16.1"))).isTrue();
        assertThat(range.contains(InetAddress.ofLiteral("10.20.31.255"))).isTrue();
        assertThat(range.contains(InetAddress.ofLiteral("10.20.32.0"))).isFalse();
    }

    @Test
    void aRangeOfOneKindHoldsNoAddressOfTheOther() {
        assertThat(AddressRange.parse("::/0").contains(InetAddress.ofLiteral("10.0.0.1")))
                .isFalse();
        assertThat(AddressRange.parse("0.0.0.0/0").contains(InetAddress.ofLiteral("::1")))
                .isFalse();
        assertThat(AddressRange.LOOPBACK_V6.contains(InetAddress.ofLiteral("::1")))
                .isTrue();
    }

    @Test
    void anAddressAloneIsARangeOfOne() {
        AddressRange range = AddressRange.parse("192.0.2.7");
        assertThat(range.contains(InetAddress.ofLiteral("192.0.2.7"))).isTrue();
        assertThat(range.contains(InetAddress.ofLiteral("192.0.2.6"))).isFalse();
        assertThat(range).hasToString("192.0.2.7/32");
    }

    @Test
    void refusesNamesAndTooManyBits() {
        assertThatIllegalArgumentException().isThrownBy(() -> AddressRange.parse("example.org/8"));
        assertThatIllegalArgumentException().isThrownBy(() -> AddressRange.parse("10.0.0.0/33"));
        assertThatIllegalArgumentException().isThrownBy(() -> AddressRange.parse("10.0.0.0/x"));
    }
}
