/**
 * The wire protocol of Tendermint and CometBFT over any byte stream: secret connection, exchange of node information, packets.
 *
 * <p>Sections cited here are those of {@code docs/wire.md}.
 */
package dev.p2p.transport.tcp.internal.wire;
