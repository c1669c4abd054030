package dev.p2p.it.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What the image says of itself. */
class VersionIT {

    private final Program p2p = Program.built();

    @Test
    void theImageHasTheBuildsVersionAndAllItsModules() throws Exception {
        var version = p2p.run("version", "-o", "json").well().json();

        assertThat(version.get("schema").getAsInt()).isOne();
        assertThat(version.get("kind").getAsString()).isEqualTo("version");
        assertThat(version.get("version").getAsString()).isNotEqualTo("dev");
        assertThat(version.get("modules").getAsJsonArray().toString())
                .contains(
                        "dev.p2p.api@",
                        "dev.p2p.cli@",
                        "dev.p2p.peerstore.rocksdb@",
                        "dev.p2p.reactor.pex@",
                        "dev.p2p.router@",
                        "dev.p2p.transport.memory@",
                        "dev.p2p.transport.tcp@",
                        "rocksdbjni@");
    }
}
