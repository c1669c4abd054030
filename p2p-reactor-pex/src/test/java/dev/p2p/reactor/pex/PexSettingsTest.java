package dev.p2p.reactor.pex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.p2p.api.AddressScope;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PexSettingsTest {

    @Test
    void hasTheDocumentedDefaults() {
        PexSettings settings = PexSettings.parse(Map.of());
        assertThat(settings.interval()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.enoughPeers()).isEqualTo(1_000);
        assertThat(settings.seedMode()).isFalse();
        assertThat(settings.seedPatience()).isEqualTo(Duration.ofMinutes(3));
        assertThat(settings.privatePeers()).isEmpty();
        assertThat(settings.narrowestScope()).isEqualTo(AddressScope.LOCAL);
    }

    @Test
    void readsAListOfPrivatePeers() {
        String list = FakeNode.id(1) + ", " + FakeNode.id(2) + ",";
        assertThat(PexSettings.parse(Map.of("private-peers", list)).privatePeers())
                .containsExactlyInAnyOrder(FakeNode.id(1), FakeNode.id(2));
    }

    @ParameterizedTest
    @CsvSource({
        "interval-seconds, 0, more than 0",
        "interval-seconds, soon, a number",
        "enough-peers, -1, more than 0",
        "seed-mode, yes, true or false",
        "seed-patience-seconds, x, a number",
        "private-peers, abc, a list of node IDs",
        "narrowest-scope, world, 'audience, loopback, private or public'",
        "seed-mod, true, pex has no setting seed-mod"
    })
    void namesTheSettingThatIsWrong(String name, String value, String complaint) {
        assertThatThrownBy(() -> PexSettings.parse(Map.of(name, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name)
                .hasMessageContaining(complaint);
    }
}
