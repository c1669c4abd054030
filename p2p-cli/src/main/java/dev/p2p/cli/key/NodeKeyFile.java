package dev.p2p.cli.key;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import dev.p2p.api.NodeKey;
import dev.p2p.cli.output.ExitCode;
import dev.p2p.cli.output.Failure;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;

/**
 * The file {@code node_key.json} of Tendermint and CometBFT: one JSON object with
 * {@code priv_key.type = "tendermint/PrivKeyEd25519"} and {@code priv_key.value} = base64 of seed and public key. Other fields
 * are ignored; the identity is always computed from the key.
 */
public final class NodeKeyFile {

    private static final String TYPE = "tendermint/PrivKeyEd25519";
    private static final int VALUE_BYTES = NodeKey.SEED_BYTES + NodeKey.PUBLIC_KEY_BYTES;

    private NodeKeyFile() {}

    /**
     * Reads a key.
     *
     * @throws Failure if the file is missing, cannot be read or holds no sound key
     */
    public static NodeKey read(Path file) {
        byte[] content = SecretFile.read(file);
        try {
            return parse(new String(content, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw Failure.of(
                            "P2P-KEY-INVALID",
                            ExitCode.BAD_CONFIGURATION,
                            "cannot use the key file " + file,
                            String.valueOf(e.getMessage()))
                    .tryThis("restore the file from a backup")
                    .orThis("p2p keys gen --out FILE   makes a new identity")
                    .causedBy(e);
        }
    }

    /**
     * Writes a key so that a crash leaves the old file or the new one, readable by its owner only.
     *
     * @param replace whether a file that exists may be replaced
     * @throws Failure if it exists and may not be replaced, or cannot be written
     */
    public static void write(Path file, NodeKey key, boolean replace) {
        SecretFile.write(file, format(key).getBytes(StandardCharsets.UTF_8), replace);
    }

    /** Reads the key of a file, making the file with a new key if it is missing. */
    public static NodeKey readOrCreate(Path file, SecureRandom random) {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            write(file, NodeKey.generate(random), false);
        }
        return read(file);
    }

    static NodeKey parse(String json) {
        JsonObject root = object(strictly(json), "the file");
        JsonObject privateKey = object(root.get("priv_key"), "priv_key");
        String type = text(privateKey.get("type"), "priv_key.type");
        if (!type.equals(TYPE)) {
            throw new IllegalArgumentException("priv_key.type is \"" + type + "\"; only \"" + TYPE + "\" is known");
        }
        byte[] value = base64(text(privateKey.get("value"), "priv_key.value"));
        if (value.length != VALUE_BYTES) {
            throw new IllegalArgumentException(
                    "priv_key.value holds " + value.length + " bytes instead of " + VALUE_BYTES);
        }
        NodeKey key = NodeKey.ofSeed(Arrays.copyOf(value, NodeKey.SEED_BYTES));
        if (!Arrays.equals(key.publicKeyBytes(), Arrays.copyOfRange(value, NodeKey.SEED_BYTES, VALUE_BYTES))) {
            throw new IllegalArgumentException(
                    "the second half of priv_key.value is not the public key of the first; nobody would accept its signatures");
        }
        return key;
    }

    static String format(NodeKey key) {
        byte[] value = Arrays.copyOf(key.seed(), VALUE_BYTES);
        System.arraycopy(key.publicKeyBytes(), 0, value, NodeKey.SEED_BYTES, NodeKey.PUBLIC_KEY_BYTES);
        String base64 = Base64.getEncoder().encodeToString(value);
        return "{\"priv_key\":{\"type\":\"" + TYPE + "\",\"value\":\"" + base64 + "\"}}\n";
    }

    private static JsonElement strictly(String json) {
        JsonReader reader = new JsonReader(new StringReader(json));
        reader.setStrictness(Strictness.STRICT);
        JsonElement element;
        try {
            element = new Gson().getAdapter(JsonElement.class).read(reader);
        } catch (JsonParseException | IOException e) {
            throw new IllegalArgumentException(
                    "the file is not JSON", e); // the parser's text is about its own settings
        }
        if (!endsHere(reader)) {
            throw new IllegalArgumentException("something follows the JSON object");
        }
        return element;
    }

    private static boolean endsHere(JsonReader reader) {
        try {
            return reader.peek() == JsonToken.END_DOCUMENT;
        } catch (IOException e) {
            return false; // what follows is not even JSON
        }
    }

    private static JsonObject object(JsonElement element, String name) {
        if (element instanceof JsonObject object) {
            return object;
        }
        throw new IllegalArgumentException(name + " is not a JSON object");
    }

    private static String text(JsonElement element, String name) {
        if (element instanceof JsonPrimitive primitive && primitive.isString()) {
            return primitive.getAsString();
        }
        throw new IllegalArgumentException(name + " is missing or not a string");
    }

    private static byte[] base64(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("priv_key.value is not base64", e);
        }
    }
}
