/**
 * For authors of transports. Two depths: implement {@link dev.p2p.api.transport.Transport} over a
 * {@link dev.p2p.api.transport.ByteStream} and let the node's {@link dev.p2p.api.transport.StreamProtocol} do the rest, or
 * implement {@link dev.p2p.api.transport.Connection} as well and bring your own security and framing.
 *
 * <p>A transport moves pieces of messages. It starts no threads, keeps no queues and knows no priorities: the platform
 * gives it one thread to read and one to write, and decides what is written next.
 */
package dev.p2p.api.transport;
