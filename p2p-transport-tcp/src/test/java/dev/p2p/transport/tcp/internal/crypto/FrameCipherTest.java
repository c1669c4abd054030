package dev.p2p.transport.tcp.internal.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.google.gson.JsonObject;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@link FrameSealer} and {@link FrameOpener} over the cipher of each suite. */
class FrameCipherTest {

    private static final String SUITES = "dev.p2p.transport.tcp.internal.crypto.EverySuite#suites";

    /** Why each bad frame of the vectors is refused; the file says it in words only. */
    private static final Map<String, FrameException.Reason> REFUSALS = Map.of(
            "length 1025", FrameException.Reason.BAD_LENGTH,
            "length 0xffffffff", FrameException.Reason.BAD_LENGTH,
            "zero length", FrameException.Reason.ZERO_LENGTH,
            "flipped ciphertext bit", FrameException.Reason.BAD_TAG,
            "flipped tag bit", FrameException.Reason.BAD_TAG,
            "wrong counter", FrameException.Reason.BAD_TAG);

    private final JsonObject file = Vectors.file("frames.json");
    private final byte[] key = Vectors.bytes(file, "key");

    @TestFactory
    Stream<DynamicNode> opensEveryGoodFrameOfTheVectors() {
        return EverySuite.runs(suite -> vectors(true)
                .map(vector -> dynamicTest(Vectors.text(vector, "name"), () -> {
                    try (FrameOpener opener = suite.frames().opener(key, counter(vector))) {
                        FrameBox box = FrameBox.received(suite, Vectors.bytes(vector, "sealed_frame"));
                        assertThat(box.open(opener)).isEqualTo(Vectors.bytes(vector, "data"));
                    }
                })));
    }

    @TestFactory
    Stream<DynamicNode> sealsEveryGoodFrameOfTheVectorsThatIsPaddedWithZeros() {
        return EverySuite.runs(suite -> vectors(true)
                .filter(vector -> !Vectors.text(vector, "name").equals("non-zero padding"))
                .map(vector -> dynamicTest(Vectors.text(vector, "name"), () -> {
                    try (FrameSealer sealer = suite.frames().sealer(key, counter(vector))) {
                        FrameBox box = FrameBox.holding(suite, Vectors.bytes(vector, "data"));
                        box.seal(sealer);
                        assertThat(box.sealed()).isEqualTo(Vectors.bytes(vector, "sealed_frame"));
                    }
                })));
    }

    @TestFactory
    Stream<DynamicNode> refusesEveryBadFrameOfTheVectorsForItsReason() {
        return EverySuite.runs(suite -> vectors(false)
                .map(vector -> dynamicTest(Vectors.text(vector, "name"), () -> {
                    try (FrameOpener opener = suite.frames().opener(key, counter(vector))) {
                        FrameBox box = FrameBox.received(suite, Vectors.bytes(vector, "sealed_frame"));
                        assertRefused(refusal(vector), () -> box.open(opener));
                    }
                })));
    }

    /**
     * RFC 8439, section 2.4.2: its nonce is the counter 0x4a000000 and its first block number the one that an AEAD
     * uses.
     */
    @ParameterizedTest
    @MethodSource(SUITES)
    void makesTheKeyStreamOfRfc8439(CryptoSuite suite) throws Exception {
        byte[] rfcKey = new byte[32];
        IntStream.range(0, 32).forEach(i -> rfcKey[i] = (byte) i);
        String text = "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, "
                + "sunscreen would be it.";
        byte[] ciphertext = Vectors.hex("6e2e359a2568f98041ba0728dd0d6981e97e7aec1d4360c20a27afccfd9fae0b"
                + "f91b65c5524733ab8f593dabcd62b3571639d624e65152ab8f530c359f0861d8"
                + "07ca0dbf500d6a6156a38e088a22b65e52bc514d16ccf806818ce91ab7793736"
                + "5af90bbf74a35be6b40b8eedf2785e42874d");
        FrameBox box = FrameBox.holding(suite, new byte[FrameLayout.DATA]);
        try (FrameSealer sealer = suite.frames().sealer(rfcKey, 0x4a000000L)) {
            box.seal(sealer);
        }
        byte[] stream = box.sealed();
        byte[] clear = text.getBytes(US_ASCII);
        for (int i = FrameLayout.LENGTH_BYTES; i < clear.length; i++) {
            assertThat((byte) (stream[i] ^ clear[i])).as("byte %d", i).isEqualTo(ciphertext[i]);
        }
    }

    @ParameterizedTest
    @MethodSource(SUITES)
    void opensInOrderWhatAnyOtherSuiteSealed(CryptoSuite suite) throws Exception {
        for (CryptoSuite other : EverySuite.suites().toList()) {
            try (FrameSealer sealer = other.sealer(key);
                    FrameOpener opener = suite.opener(key)) {
                for (int length : new int[] {1, 2, 15, 16, 17, 511, 1023, 1024, 1}) {
                    byte[] data = new byte[length];
                    data[length - 1] = (byte) length;
                    FrameBox sent = FrameBox.holding(other, data);
                    sent.seal(sealer);
                    assertThat(FrameBox.received(suite, sent.sealed()).open(opener))
                            .isEqualTo(data);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource(SUITES)
    void sealsABatchLikeTheSameFramesOneByOne(CryptoSuite suite) throws Exception {
        int count = 5;
        ByteBuffer batch = suite.allocate(3 + count * FrameLayout.SEALED);
        ByteBuffer single = suite.allocate(batch.capacity());
        for (int i = 0; i < batch.capacity(); i++) {
            batch.put(i, (byte) i);
            single.put(i, (byte) i);
        }
        try (FrameSealer all = suite.sealer(key);
                FrameSealer one = suite.sealer(key)) {
            all.seal(batch, 3, count, 100);
            for (int i = 0; i < count; i++) {
                one.seal(single, 3 + i * FrameLayout.SEALED, i == count - 1 ? 100 : FrameLayout.DATA);
            }
        }
        assertThat(batch).isEqualTo(single);
    }

    @ParameterizedTest
    @MethodSource(SUITES)
    void refusesAReplayedFrame(CryptoSuite suite) throws Exception {
        byte[] sealed = Vectors.bytes(vectors(true).findFirst().orElseThrow(), "sealed_frame");
        try (FrameOpener opener = suite.opener(key)) {
            FrameBox.received(suite, sealed).open(opener);
            FrameBox replayed = FrameBox.received(suite, sealed);
            assertRefused(FrameException.Reason.BAD_TAG, () -> replayed.open(opener));
        }
    }

    @ParameterizedTest
    @MethodSource(SUITES)
    void leavesNothingOfAForgedFrameInTheBuffer(CryptoSuite suite) throws Exception {
        byte[] forged = Vectors.bytes(vectors(true).findFirst().orElseThrow(), "sealed_frame");
        forged[FrameLayout.PLAIN] ^= 1;
        try (FrameOpener opener = suite.opener(key)) {
            FrameBox box = FrameBox.received(suite, forged);
            assertRefused(FrameException.Reason.BAD_TAG, () -> box.open(opener));
            assertThat(box.plain()).containsOnly(0);
        }
    }

    @ParameterizedTest
    @MethodSource(SUITES)
    void doesNotAdvanceOverAForgedFrame(CryptoSuite suite) throws Exception {
        JsonObject first = vectors(true).findFirst().orElseThrow();
        byte[] forged = Vectors.bytes(first, "sealed_frame");
        forged[0] ^= 1;
        try (FrameOpener opener = suite.opener(key)) {
            assertRefused(
                    FrameException.Reason.BAD_TAG,
                    () -> FrameBox.received(suite, forged).open(opener));
            assertThat(FrameBox.received(suite, Vectors.bytes(first, "sealed_frame"))
                            .open(opener))
                    .isEqualTo(Vectors.bytes(first, "data"));
        }
    }

    @ParameterizedTest
    @MethodSource(SUITES)
    void stopsBeforeTheLastCounter(CryptoSuite suite) throws Exception {
        try (FrameSealer sealer = suite.frames().sealer(key, -2L);
                FrameOpener opener = suite.frames().opener(key, -2L)) {
            FrameBox box = FrameBox.holding(suite, new byte[1]);
            box.seal(sealer);
            byte[] sealed = box.sealed();
            box.open(opener);
            assertRefused(FrameException.Reason.COUNTER_EXHAUSTED, () -> box.seal(sealer));
            assertRefused(
                    FrameException.Reason.COUNTER_EXHAUSTED,
                    () -> FrameBox.received(suite, sealed).open(opener));
        }
    }

    @ParameterizedTest
    @MethodSource(SUITES)
    void refusesLengthsThatNoFrameHas(CryptoSuite suite) {
        ByteBuffer buffer = suite.allocate(2 * FrameLayout.SEALED);
        try (FrameSealer sealer = suite.sealer(key)) {
            for (int length : new int[] {-1, 0, FrameLayout.DATA + 1}) {
                assertThatThrownBy(() -> sealer.seal(buffer, 0, length)).isInstanceOf(IllegalArgumentException.class);
            }
            assertThatThrownBy(() -> sealer.seal(buffer, 0, 0, 1)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @ParameterizedTest
    @MethodSource(SUITES)
    void staysInsideTheBuffer(CryptoSuite suite) {
        ByteBuffer buffer = suite.allocate(2 * FrameLayout.SEALED);
        ByteBuffer shortened = suite.allocate(2 * FrameLayout.SEALED).limit(FrameLayout.SEALED - 1);
        try (FrameSealer sealer = suite.sealer(key);
                FrameOpener opener = suite.opener(key)) {
            assertThatThrownBy(() -> sealer.seal(buffer, FrameLayout.SEALED + 1, 1))
                    .isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> sealer.seal(buffer, 0, 3, 1)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> opener.open(buffer, -1)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> opener.open(shortened, 0)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> sealer.seal(buffer, 0, Integer.MAX_VALUE, 1))
                    .isInstanceOf(ArithmeticException.class);
        }
    }

    @ParameterizedTest
    @MethodSource(SUITES)
    void refusesBuffersOfTheOtherKindAndReadOnlyOnes(CryptoSuite suite) {
        ByteBuffer other = suite.allocate(1).isDirect()
                ? ByteBuffer.allocate(FrameLayout.SEALED)
                : ByteBuffer.allocateDirect(FrameLayout.SEALED);
        ByteBuffer readOnly = suite.allocate(FrameLayout.SEALED).asReadOnlyBuffer();
        try (FrameSealer sealer = suite.sealer(key);
                FrameOpener opener = suite.opener(key)) {
            assertThatThrownBy(() -> sealer.seal(other, 0, 1)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> opener.open(other, 0)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> opener.open(readOnly, 0)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @ParameterizedTest
    @MethodSource(SUITES)
    void closesTwiceWithoutHarmAndRefusesUseAfterwards(CryptoSuite suite) {
        ByteBuffer buffer = suite.allocate(FrameLayout.SEALED);
        FrameSealer sealer = suite.sealer(key);
        FrameOpener opener = suite.opener(key);
        sealer.close();
        sealer.close();
        opener.close();
        opener.close();
        assertThatThrownBy(() -> sealer.seal(buffer, 0, 1)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> opener.open(buffer, 0)).isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @MethodSource(SUITES)
    void survivesACloseThatRacesWithUse(CryptoSuite suite) throws Exception {
        ByteBuffer buffer = suite.allocate(62 * FrameLayout.SEALED);
        for (int round = 0; round < 200; round++) {
            FrameSealer sealer = suite.sealer(key);
            Thread closer = Thread.ofPlatform().start(sealer::close);
            assertThatThrownBy(() -> {
                        while (true) {
                            sealer.seal(buffer, 0, 62, 1);
                        }
                    })
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("closed");
            closer.join();
        }
    }

    @ParameterizedTest
    @MethodSource(SUITES)
    void refusesAKeyOfWrongLength(CryptoSuite suite) {
        assertThatThrownBy(() -> suite.sealer(new byte[31])).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> suite.opener(new byte[64])).isInstanceOf(IllegalArgumentException.class);
    }

    private Stream<JsonObject> vectors(boolean accepted) {
        return Vectors.objects(file, "vectors")
                .filter(vector -> vector.get("accept").getAsBoolean() == accepted);
    }

    private static FrameException.Reason refusal(JsonObject vector) {
        String name = Vectors.text(vector, "name");
        return Objects.requireNonNull(REFUSALS.get(name), name);
    }

    private static long counter(JsonObject vector) {
        String member = vector.has("open_with_counter") ? "open_with_counter" : "counter";
        return Long.parseUnsignedLong(vector.get(member).getAsString());
    }

    private static void assertRefused(FrameException.Reason reason, ThrowingCallable action) {
        assertThatThrownBy(action)
                .isInstanceOfSatisfying(
                        FrameException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }
}
