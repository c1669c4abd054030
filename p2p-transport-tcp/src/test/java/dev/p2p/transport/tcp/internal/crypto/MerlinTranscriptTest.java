package dev.p2p.transport.tcp.internal.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MerlinTranscriptTest {

    private final JsonObject file = Vectors.file("merlin.json");

    @Test
    void drawsTheChallengeOfThePublishedSimpleTranscript() {
        JsonObject vector = transcript("simple");
        MerlinTranscript transcript = new MerlinTranscript(Vectors.text(vector, "app_label"));
        int draws = 0;
        for (JsonObject op : Vectors.objects(vector, "ops").toList()) {
            switch (Vectors.text(op, "op")) {
                case "append" -> transcript.append(Vectors.text(op, "label"), Vectors.bytes(op, "message_hex"));
                case "challenge" -> {
                    assertThat(transcript.challenge(
                                    Vectors.text(op, "label"), op.get("length").getAsInt()))
                            .isEqualTo(Vectors.bytes(op, "expect"));
                    draws++;
                }
                default -> throw new AssertionError(op);
            }
        }
        assertThat(draws).isPositive();
    }

    /** The procedure is told in words in the vector. */
    @Test
    void drawsTheChallengesOfThePublishedComplexTranscript() {
        JsonObject vector = transcript("complex");
        JsonArray expected = vector.getAsJsonArray("challenges");
        assertThat(expected).hasSize(32);
        byte[] bigData = new byte[1024];
        Arrays.fill(bigData, (byte) 0x63);

        MerlinTranscript transcript = new MerlinTranscript(Vectors.text(vector, "app_label"));
        transcript.append("step1", "some data".getBytes(US_ASCII));
        byte[] challenge = {};
        for (int i = 0; i < expected.size(); i++) {
            challenge = transcript.challenge("challenge", 32);
            assertThat(challenge).isEqualTo(Vectors.hex(expected.get(i).getAsString()));
            transcript.append("bigdata", bigData);
            transcript.append("challengedata", challenge);
        }
        assertThat(challenge).isEqualTo(Vectors.bytes(vector, "expect_last"));
    }

    @Test
    void goesThroughEveryStateOfTheStrobeTrace() {
        List<JsonObject> steps =
                Vectors.objects(file.getAsJsonObject("strobe_trace"), "steps").toList();
        assertThat(steps).hasSize(5);
        byte[] firstBlock = Arrays.copyOf(Vectors.bytes(steps.get(0), "first_block"), Keccak.STATE_BYTES);
        new Keccak().permute(firstBlock);
        assertThat(firstBlock).isEqualTo(Vectors.bytes(steps.get(0), "state"));
        assertStands(new Strobe128("Merlin v1.0"), steps.get(1));

        MerlinTranscript transcript = new MerlinTranscript("test protocol");
        assertStands(transcript.strobe(), steps.get(2));
        transcript.append("some label", "some data".getBytes(US_ASCII));
        assertStands(transcript.strobe(), steps.get(3));
        assertThat(transcript.challenge("challenge", 32)).isEqualTo(Vectors.bytes(steps.get(4), "output"));
        assertStands(transcript.strobe(), steps.get(4));
    }

    @Test
    void leavesNothingBehindWhenWiped() {
        MerlinTranscript transcript = new MerlinTranscript("test protocol");
        transcript.append("secret", new byte[] {1, 2, 3});
        transcript.wipe();
        assertThat(transcript.strobe().state()).containsOnly(0);
    }

    @Test
    void refusesToContinueAnOperationOfAnotherKind() {
        Strobe128 strobe = new Strobe128("test protocol");
        strobe.ad(new byte[1]);
        assertThatThrownBy(() -> strobe.metaAd(new byte[1], true)).isInstanceOf(IllegalStateException.class);
    }

    static void assertStands(Strobe128 strobe, JsonObject step) {
        String where = Vectors.text(step, "after");
        assertThat(strobe.state()).as(where).isEqualTo(Vectors.bytes(step, "state"));
        assertThat(strobe.position()).as(where).isEqualTo(step.get("pos").getAsInt());
        assertThat(strobe.operationStart())
                .as(where)
                .isEqualTo(step.get("pos_begin").getAsInt());
    }

    private JsonObject transcript(String name) {
        return Vectors.objects(file, "transcripts")
                .filter(vector -> Vectors.text(vector, "name").equals(name))
                .findAny()
                .orElseThrow();
    }
}
