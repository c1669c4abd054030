/**
 * The cryptography of the CometBFT wire: what SecretConnection needs, and nothing that knows about sockets or packets.
 *
 * <p>A caller takes one {@link dev.p2p.transport.tcp.internal.crypto.CryptoSuite} and asks it for everything:
 * <ol>
 *   <li>{@link dev.p2p.transport.tcp.internal.crypto.Curves} makes the ephemeral key, signs and verifies;
 *   <li>{@link dev.p2p.transport.tcp.internal.crypto.SessionSecrets} turns the two ephemeral keys into the challenge to
 *       sign and one key per direction;
 *   <li>{@link dev.p2p.transport.tcp.internal.crypto.FrameSealer} and
 *       {@link dev.p2p.transport.tcp.internal.crypto.FrameOpener} seal and open frames in place.
 * </ol>
 *
 * <p>Three suites compute the same bytes: the system's libsodium (curves) and libcrypto (frames) through the foreign-function
 * API, libcrypto alone, and the JDK's providers. Section numbers in comments are those of the project's wire specification unless another document is
 * named.
 */
package dev.p2p.transport.tcp.internal.crypto;
