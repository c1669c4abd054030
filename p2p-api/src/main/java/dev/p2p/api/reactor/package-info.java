/**
 * For authors of protocols. A {@link dev.p2p.api.reactor.Reactor} is one method over one sealed type of event; it sends through
 * {@link dev.p2p.api.reactor.Channel}s that it opens while the node is built.
 *
 * <p>Delivery is asynchronous and at most once. Per connection a reactor sees {@code PeerUp}, then messages, then
 * {@code PeerDown}; within a channel, messages arrive in the order in which they were sent.
 */
package dev.p2p.api.reactor;
