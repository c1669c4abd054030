package dev.p2p.cli.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.p2p.api.NodeKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFormTest {

    /** RFC 8410, section 10.3, and the public key of its section 10.1. */
    private static final String RFC_PEM = """
            -----BEGIN PRIVATE KEY-----
            MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
            -----END PRIVATE KEY-----
            """;

    private static final String RFC_PUBLIC = "19bf44096984cdfe8541bac167dc3b96c85086aa30b6b6cb0c5c38ad703166e1";
    private static final String RFC_SEED = "d4ee72dbf913584ad5b6d8f1f769f8ad3afe7c28cbf1d4fbe097a88f44755842";

    @Test
    void readsThePemKeyOfTheStandard() throws IOException {
        NodeKey key = KeyForm.PEM.read(ascii(RFC_PEM));

        assertThat(HexFormat.of().formatHex(key.publicKeyBytes())).isEqualTo(RFC_PUBLIC);
        assertThat(new String(KeyForm.PEM.write(key), StandardCharsets.US_ASCII))
                .isEqualTo(RFC_PEM);
        assertThat(new String(KeyForm.HEX.write(key), StandardCharsets.US_ASCII))
                .isEqualTo(RFC_SEED + "\n");
    }

    @Test
    void readsAPemKeyThatHoldsItsPublicHalf() throws IOException {
        assertThat(KeyForm.PEM.read(pem("3051020101300506032b657004220420" + RFC_SEED + "812100" + RFC_PUBLIC)))
                .isEqualTo(KeyForm.PEM.read(ascii(RFC_PEM)));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        KeyForm.PEM.read(pem("3051020101300506032b657004220420" + RFC_SEED + "812100" + RFC_SEED)))
                .withMessageContaining("does not belong");
    }

    @ParameterizedTest
    @EnumSource(KeyForm.class)
    void everyFormReadsWhatItWrote(KeyForm form) throws IOException {
        NodeKey key = NodeKey.ofSeed(HexFormat.of().parseHex(RFC_SEED));

        assertThat(form.read(form.write(key))).isEqualTo(key);
    }

    @Test
    void seedAndPublicKeyMustFit() throws IOException {
        assertThat(KeyForm.HEX.read(ascii(RFC_SEED + RFC_PUBLIC)).id())
                .isEqualTo(KeyForm.PEM.read(ascii(RFC_PEM)).id());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyForm.HEX.read(ascii(RFC_SEED + RFC_SEED)))
                .withMessageContaining("does not belong");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-----BEGIN PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----\n!!!!\n-----END PRIVATE KEY-----",
                "-----BEGIN RSA PRIVATE KEY-----\nMC4C\n-----END RSA PRIVATE KEY-----",
                "\0\1\2\3"
            })
    void refusesWhatIsNoKey(String text) {
        for (KeyForm form : new KeyForm[] {KeyForm.PEM, KeyForm.HEX, KeyForm.RAW}) {
            assertThatIllegalArgumentException().as(form + " " + text).isThrownBy(() -> form.read(ascii(text)));
        }
    }

    private static byte[] pem(String der) {
        String base64 = Base64.getEncoder().encodeToString(HexFormat.of().parseHex(der));
        return ascii("-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
