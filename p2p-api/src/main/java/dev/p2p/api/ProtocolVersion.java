package dev.p2p.api;

/**
 * The three versions a node announces. Only {@code block} is ever compared.
 *
 * @param p2p version of the peer-to-peer protocol; 8 up to CometBFT v0.40, 9 in v1.x
 * @param block version of the block format, 11 on every current chain
 * @param app version of the application
 */
public record ProtocolVersion(long p2p, long block, long app) {

    /** What this platform announces unless configured otherwise. */
    public static final ProtocolVersion CURRENT = new ProtocolVersion(8, 11, 0);
}
