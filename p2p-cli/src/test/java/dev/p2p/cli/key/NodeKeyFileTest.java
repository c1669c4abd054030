package dev.p2p.cli.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.p2p.api.NodeKey;
import dev.p2p.cli.output.Failure;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The file of a node's key: CometBFT's own files are read, ours are theirs to the byte, and nothing unsound gets through. */
class NodeKeyFileTest {

    private static final NodeKey KEY = NodeKey.ofSeed(new byte[32]);
    private static final String TYPE = "tendermint/PrivKeyEd25519";

    @TempDir
    private Path folder;

    /** {@code vectors/node_id.json}: keys of Tendermint's tests, of RFC 8032, and computed ones, in both files' formats. */
    static Stream<JsonObject> vectors() throws IOException {
        try (var in = NodeKeyFileTest.class.getResourceAsStream("/vectors/node_id.json")) {
            return JsonParser.parseReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .getAsJsonObject()
                    .getAsJsonArray("vectors")
                    .asList()
                    .stream()
                    .map(JsonElement::getAsJsonObject);
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void readsWhatTendermintAndCometBftWrite(JsonObject vector) {
        for (String version : List.of("node_key_json_v034_v037_v038_v1", "node_key_json_v035_v036")) {
            NodeKey key = NodeKeyFile.parse(vector.get(version).getAsString());

            assertThat(key.id()).hasToString(vector.get("node_id").getAsString());
            assertThat(HexFormat.of().formatHex(key.seed()))
                    .isEqualTo(vector.get("seed").getAsString());
            assertThat(HexFormat.of().formatHex(key.publicKeyBytes()))
                    .isEqualTo(vector.get("public_key").getAsString());
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void writesWhatCometBftWrites(JsonObject vector) {
        NodeKey key = NodeKey.ofSeed(HexFormat.of().parseHex(vector.get("seed").getAsString()));

        assertThat(NodeKeyFile.format(key).strip())
                .isEqualTo(vector.get("node_key_json_v034_v037_v038_v1").getAsString());
    }

    static Stream<Arguments> wrongContents() {
        byte[] value = Arrays.copyOf(KEY.seed(), 64);
        String secondHalfIsZero = Base64.getEncoder().encodeToString(value);
        String seedOnly = Base64.getEncoder().encodeToString(KEY.seed());
        String sound = NodeKeyFile.format(KEY);
        return Stream.of(
                Arguments.of("", "not JSON"),
                Arguments.of("not json", "not JSON"),
                Arguments.of("{\"priv_key\":", "not JSON"),
                Arguments.of("{'priv_key':{}}", "not JSON"),
                Arguments.of("[1]", "the file is not a JSON object"),
                Arguments.of("{}", "priv_key is not a JSON object"),
                Arguments.of("{\"priv_key\":\"abc\"}", "priv_key is not a JSON object"),
                Arguments.of("{\"priv_key\":{\"value\":\"" + seedOnly + "\"}}", "priv_key.type is missing"),
                Arguments.of("{\"priv_key\":{\"type\":\"" + TYPE + "\"}}", "priv_key.value is missing"),
                Arguments.of(sound + "{}", "something follows"),
                Arguments.of(sound + "junk", "something follows"),
                Arguments.of(sound.replace("Ed25519", "Secp256k1"), "only \"" + TYPE + "\" is known"),
                Arguments.of(json(seedOnly), "holds 32 bytes instead of 64"),
                Arguments.of(json(""), "holds 0 bytes instead of 64"),
                Arguments.of(json("*"), "is not base64"),
                Arguments.of(json(secondHalfIsZero), "is not the public key of the first"));
    }

    @ParameterizedTest
    @MethodSource("wrongContents")
    void refusesWhatIsNoSoundKeyAndSaysWhy(String content, String why) throws IOException {
        Path file = Files.writeString(folder.resolve("node_key.json"), content);

        Failure failure = catchThrowableOfType(Failure.class, () -> NodeKeyFile.read(file));

        assertThat(failure.exitCode()).isEqualTo(10);
        assertThat(printed(failure)).contains("P2P-KEY-INVALID").contains(why).doesNotContain("gson");
    }

    @Test
    void neverPrintsWhatAWrongFileHolds() throws IOException {
        String secret = "c2VjcmV0IHNlY3JldA==";
        Path file = Files.writeString(folder.resolve("node_key.json"), json(secret));

        Failure failure = catchThrowableOfType(Failure.class, () -> NodeKeyFile.read(file));

        assertThat(printed(failure)).doesNotContain(secret);
    }

    @Test
    void refusesAFileThatIsTooLargeForAKey() throws IOException {
        Path file = Files.write(folder.resolve("large"), new byte[64 * 1024 + 1]);

        Failure failure = catchThrowableOfType(Failure.class, () -> NodeKeyFile.read(file));

        assertThat(failure.exitCode()).isEqualTo(1);
        assertThat(printed(failure)).contains("P2P-KEY-UNREADABLE").contains("more than 65536 bytes");
    }

    @Test
    void saysThatAFileIsMissing() {
        Failure failure = catchThrowableOfType(Failure.class, () -> NodeKeyFile.read(folder.resolve("missing")));

        assertThat(failure.exitCode()).isEqualTo(3);
        assertThat(printed(failure)).contains("P2P-KEY-NOT-FOUND").contains("p2p keys gen --out");
    }

    @Test
    void writesForTheOwnersEyesOnlyAndLeavesNothingElseBehind() throws IOException {
        Path file = folder.resolve("new").resolve("node_key.json");

        NodeKeyFile.write(file, KEY, false);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(NodeKeyFile.read(file).id()).isEqualTo(KEY.id());
        assertThat(file.getParent())
                .isDirectoryContaining(file::equals)
                .satisfies(parent -> assertThat(Files.list(parent)).hasSize(1));
    }

    @Test
    void neverReplacesAFileUnlessTold() throws IOException {
        Path file = folder.resolve("node_key.json");
        NodeKeyFile.write(file, KEY, false);
        byte[] otherSeed = new byte[32];
        otherSeed[0] = 1;
        NodeKey other = NodeKey.ofSeed(otherSeed);

        assertThatThrownBy(() -> NodeKeyFile.write(file, other, false)).isInstanceOf(Failure.class);
        assertThat(NodeKeyFile.read(file).id()).isEqualTo(KEY.id());

        NodeKeyFile.write(file, other, true);
        assertThat(NodeKeyFile.read(file).id()).isEqualTo(other.id());
        assertThat(Files.list(folder)).containsExactly(file);
    }

    @Test
    void aNodeKeepsTheKeyThatItMadeOnItsFirstStart() {
        Path file = folder.resolve("config").resolve("node_key.json");
        SecureRandom random = new SecureRandom();

        assertThat(NodeKeyFile.readOrCreate(file, random).id())
                .isEqualTo(NodeKeyFile.readOrCreate(file, random).id());
    }

    private static String json(String value) {
        return "{\"priv_key\":{\"type\":\"" + TYPE + "\",\"value\":\"" + value + "\"}}";
    }

    private static String printed(Failure failure) {
        StringWriter text = new StringWriter();
        failure.print(new PrintWriter(text, true));
        return text.toString();
    }
}
