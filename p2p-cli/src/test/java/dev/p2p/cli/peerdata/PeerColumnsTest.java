package dev.p2p.cli.peerdata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.p2p.cli.listing.Column;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class PeerColumnsTest {

    @Test
    void aLongNameIsCutWhereThereIsNoRoomForAllOfIt() {
        Column<PeerRow> name = PeerColumns.listing(true, InstantSource.system()).columns().stream()
                .filter(column -> column.name().equals("name"))
                .findFirst()
                .orElseThrow();
        String chosen = "𝔵".repeat(200);

        assertThat(name.text().of(chosen, Instant.EPOCH, false)).isEqualTo("𝔵".repeat(23) + "…");
        assertThat(name.text().of(chosen, Instant.EPOCH, true)).isEqualTo(chosen);
        assertThat(name.text().of("validator-3", Instant.EPOCH, false)).isEqualTo("validator-3");
    }
}
