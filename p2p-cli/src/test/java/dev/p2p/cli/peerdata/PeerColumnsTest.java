package dev.p2p.cli.peerdata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.p2p.api.NodeId;
import dev.p2p.api.store.PeerFlag;
import dev.p2p.api.store.PeerRecord;
import dev.p2p.cli.listing.Column;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PeerColumnsTest {

    @Test
    void aPeerWithoutFlagsHasNone() {
        Column<PeerRow> flags = PeerColumns.listing(false, InstantSource.system()).columns().stream()
                .filter(column -> column.name().equals("flags"))
                .findFirst()
                .orElseThrow();
        NodeId id = NodeId.parse("8f1d02c77a41b0e9d2f05c6b7a3344e1909f1c55");
        PeerRow plain = PeerRow.stored(PeerRecord.unknown(id, Instant.EPOCH));
        PeerRow wanted = new PeerRow(plain.record(), Set.of(PeerFlag.PERSISTENT), Optional.empty());

        assertThat(flags.value().apply(plain)).isNull();
        assertThat(flags.value().apply(wanted)).isEqualTo("P");
    }

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
