package dev.p2p.cli.json;

/**
 * How much of a foreign JSON text is read.
 *
 * @param maxCharacters the longest text
 * @param maxDepth the deepest nesting of objects and lists
 * @param maxValues the most values in it, names included
 */
public record JsonLimits(int maxCharacters, int maxDepth, int maxValues) {

    /** One entry of a file, or one message. */
    public static final JsonLimits ENTRY = new JsonLimits(64 * 1_024, 16, 4_096);

    public JsonLimits {
        if (maxCharacters < 1 || maxDepth < 1 || maxValues < 1) {
            throw new IllegalArgumentException("limits are at least 1");
        }
    }
}
