package dev.p2p.transport.tcp.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.p2p.api.Reason;
import dev.p2p.api.transport.TransportException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of section 0.3 in the first message that is read of a peer that has proven nothing. */
class AuthMessageTest {

    private static final String KEY = "11".repeat(32);
    private static final String ED25519 = "0a20" + KEY;
    private static final String SIGNATURE = "1240" + "22".repeat(64);

    /** Field 15 of each wire type that is skipped. */
    private static final String UNKNOWN = "7801" + "79" + "00".repeat(8) + "7a02ffff" + "7d" + "00".repeat(4);

    @Test
    void writesWhatEverybodyWrites() {
        AuthMessage message = new AuthMessage(hex(KEY), hex("22".repeat(64)));
        assertThat(message.encode()).isEqualTo(hex("0a22" + ED25519 + SIGNATURE));
    }

    @Test
    void readsFieldsInAnyOrderAndSkipsUnknownOnes() throws Exception {
        AuthMessage message = AuthMessage.decode(hex(UNKNOWN + SIGNATURE + key(UNKNOWN + ED25519 + UNKNOWN) + UNKNOWN));
        assertThat(message.publicKey()).isEqualTo(hex(KEY));
        assertThat(message.signature()).isEqualTo(hex("22".repeat(64)));
    }

    @Test
    void ofSeveralKeysTheLastCounts() throws Exception {
        String foreign = "1a0133";
        assertThat(AuthMessage.decode(hex(key(foreign + ED25519) + SIGNATURE)).publicKey())
                .isEqualTo(hex(KEY));
        assertRefused(key(ED25519 + foreign) + SIGNATURE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0801", "1001", "1801", "09" + "0000000000000000", "1d00000000"})
    void aKeyOfTheWrongWireTypeIsRefused(String field) {
        assertRefused(key(ED25519 + field) + SIGNATURE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0801", "1001", "0000", "7b7c", "7c", "7a05", "78ff"})
    void aFieldThatIsWrongIsRefused(String field) {
        assertRefused(key(ED25519) + SIGNATURE + field);
        assertRefused(key(ED25519 + field) + SIGNATURE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0a00",
                "0a220a20",
                "0a020a00",
                "0a210a1f" + "1111111111111111111111111111111111111111111111111111111111111111"
            })
    void withoutAWholeKeyItIsRefused(String keyField) {
        assertRefused(keyField + SIGNATURE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1200", "123f" + "22", "1241" + "22"})
    void withoutAWholeSignatureItIsRefused(String signature) {
        assertRefused(key(ED25519) + signature);
    }

    private static String key(String fields) {
        return "0a%02x".formatted(fields.length() / 2) + fields;
    }

    private static void assertRefused(String message) {
        assertThatThrownBy(() -> AuthMessage.decode(hex(message)))
                .isInstanceOfSatisfying(
                        TransportException.class, e -> assertThat(e.reason()).isEqualTo(Reason.HANDSHAKE_FAILED));
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
